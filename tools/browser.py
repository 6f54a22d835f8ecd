"""Makes sure that a Chromium is there for the browser tests; installs Debian's where it may. Standard library only."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Return 0 when a browser is there, else 1 after saying what to install."""
    if any(map(shutil.which, NAMES)):
        return 0
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if shutil.which("apt-get") and root:
        print("set-up: installing Chromium for the browser tests …", flush=True)
        for command in (
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-qy", "--no-install-recommends", "chromium", "fonts-noto-core"],
        ):
            answer = subprocess.run(
                command,
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
            if answer.returncode:
                print(
                    f"set-up: `{' '.join(command)}` failed: {answer.stderr.strip().splitlines()[-1:]}", file=sys.stderr
                )
                return 1
        return 0
    print(
        "set-up: the browser tests need Chromium; install it (Debian: apt install chromium fonts-noto-core) and run it again",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
