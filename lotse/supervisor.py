"""Keeps a set of processes running: starts them, restarts what dies, shows one log, ends all of them cleanly."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_CHILD = Path(__file__).resolve().parent / "child.py"
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_LONG_ENOUGH_S = 60.0
_GRACE_S = 10.0


def ending_with_us(command: Sequence[str]) -> list[str]:
    """Return a command that ends when this process does; to be started by the main thread (see child.py)."""
    return [sys.executable, str(_CHILD), str(os.getpid()), *command]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One process to keep running.

    Attributes:
        name: As shown in the log.
        command: Program and arguments.
        environment: Added to the supervisor's own.
        silent: Returns True for a line of its output that tells nobody anything.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    silent: Callable[[str], bool] = lambda line: False


class Supervisor:
    """Runs services until it is told to stop; services can be added while it runs."""

    def __init__(self, log: Callable[[str, str], None]) -> None:
        self._log = log
        self._running: dict[str, _Running] = {}
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._added: list[Service] = []

    def add(self, service: Service) -> None:
        """Have a service started at the next look; may be called from any thread."""
        with self._lock:
            self._added.append(service)

    def stop(self) -> None:
        """Have `run` end everything and return; may be called from a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Start and restart services until `stop`; then end them all, by force after a while."""
        try:
            while not self._stopping.is_set():
                with self._lock:
                    added, self._added = self._added, []
                for service in added:
                    self._running[service.name] = _Running(service)
                for running in self._running.values():
                    self._look_after(running)
                self._stopping.wait(0.2)
        finally:
            self._end_all()

    def _look_after(self, running: "_Running") -> None:
        if running.process is not None:
            status = running.process.poll()
            if status is None:
                return
            lasted = time.monotonic() - running.began
            running.pause_s = _FIRST_PAUSE_S if lasted > _LONG_ENOUGH_S else min(running.pause_s * 2, _LONGEST_PAUSE_S)
            running.not_before = time.monotonic() + running.pause_s
            running.process = None
            self._log(running.service.name, f"ended with status {status}; starting it again in {running.pause_s:.0f} s")
        # Processes are started here, in the main thread, because they end with the thread that started them.
        elif time.monotonic() >= running.not_before:
            running.start(self._log)

    def _end_all(self) -> None:
        alive = [r.process for r in self._running.values() if r.process is not None and r.process.poll() is None]
        for process in alive:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_S
        for process in alive:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for process in alive:
            _signal_group(process, signal.SIGKILL)
            process.wait()


@dataclass
class _Running:
    service: Service
    process: subprocess.Popen[str] | None = None
    began: float = 0.0
    not_before: float = 0.0
    pause_s: float = _FIRST_PAUSE_S

    def start(self, log: Callable[[str, str], None]) -> None:
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            ending_with_us(self.service.command),
            env={**os.environ, **self.service.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # a Ctrl-C on the terminal reaches the supervisor alone
        )
        threading.Thread(target=self._read, args=(self.process, log), daemon=True).start()

    def _read(self, process: subprocess.Popen[str], log: Callable[[str, str], None]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() and not self.service.silent(line):
                log(self.service.name, line.rstrip())


def _signal_group(process: subprocess.Popen[str], number: signal.Signals) -> None:
    # The group outlives its leader: workers of a process that was killed are ended too.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
