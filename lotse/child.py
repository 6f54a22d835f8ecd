"""Starts a command that ends when its parent does: `child.py PARENT_PID COMMAND…`. Standard library only.

Without it, a supervisor that is killed outright would leave its services behind.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask the kernel for a signal at the parent's end (Linux), then become the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it ended before we could ask
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
