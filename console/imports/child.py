"""One piece of an import's work in a process of its own: `python -m console.imports.child IMPORT WORKER TASK`.

Reading a large list takes seconds of computing, for which parents must not wait: here it takes turns with nobody.
"""

import os
import resource
import sys
import traceback

from console.imports.tasks import work_on
from knowledge import open_knowledge, read_settings
from knowledge.store import Claim

_NICE = 5
_MOST_CPU_S = 900


def main() -> None:
    """Do the work that the arguments name; the settings are those of the environment."""
    os.nice(_NICE)
    # What no check of a file foresaw ends here, and not with the machine.
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    import_id, worker, task = sys.argv[1:]
    try:
        work_on(open_knowledge(read_settings()), Claim(import_id=int(import_id), worker=worker, task=task))
    except Exception as error:
        # Where it failed, but not its text, which may quote the file.
        traceback.print_tb(error.__traceback__)
        sys.exit(type(error).__name__)


if __name__ == "__main__":
    main()
