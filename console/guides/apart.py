"""Reads a guide's file in a process of its own: a PDF can be made so that it takes minutes, and all memory, to read.

`python -m console.guides.apart NAME` takes the content at its standard input and writes what it holds, or its fault, as JSON.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from knowledge.importing.guide_files import KINDS, GuideFileError, GuideText, guide_in
from knowledge.settings import ROOT

_LONGEST_S = 45.0
_MOST_CPU_S = 30
_MOST_MEMORY_BYTES = 2 * 1024**3
_NICE = 5


def guide_apart(name: str, content: bytes, *, longest_s: float = _LONGEST_S) -> GuideText:
    """Return the guide in the content of a file; its name tells the kind.

    Raises:
        GuideFileError: As in `guide_in`; with the fault "slow" where reading it takes too long, or too much memory.
    """
    kind = Path(name).suffix.lower()  # the name is the uploader's; only its ending tells something
    if kind not in KINDS:
        raise GuideFileError("kind", "the file is no guide; save it as PDF, HTML or Markdown")
    command = [sys.executable, "-m", "console.guides.apart", f"guide{kind}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, check=True,
            timeout=longest_s,
        )  # fmt: skip
    except subprocess.SubprocessError as error:
        raise GuideFileError("slow", "the file takes too long to read; save it anew, or split it") from error
    told = json.loads(done.stdout)
    if "fault" in told:
        raise GuideFileError(told["fault"], "the file holds no guide that could be read")
    return GuideText(**told)


def main() -> None:
    """Read the file that the argument names."""
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
    try:
        told = asdict(guide_in(sys.argv[1], sys.stdin.buffer.read()))
    except GuideFileError as error:
        told = {"fault": error.fault}
    # Letters of ASCII alone: half a letter, which a PDF may hold, could not be written otherwise.
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
