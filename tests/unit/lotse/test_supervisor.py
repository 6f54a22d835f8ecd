import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lotse.ports import free_port, is_free, reserved_port
from lotse.supervisor import Service, Supervisor

ROOT = Path(__file__).resolve().parents[3]


def _wait_until(true: Callable[[], object], *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")")[-1].split()[0] != "Z"


def _python(code: str) -> list[str]:
    return [sys.executable, "-u", "-c", code]


def test_what_dies_is_started_again_and_stop_ends_it() -> None:
    lines: list[str] = []
    supervisor = Supervisor(lambda name, line: lines.append(line))
    supervisor.add(Service(name="a", command=_python("import os, time; print('pid', os.getpid()); time.sleep(60)")))
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    _wait_until(lambda: [line for line in lines if line.startswith("pid")])
    first = int(lines[0].split()[1])
    os.kill(first, signal.SIGKILL)
    _wait_until(lambda: len([line for line in lines if line.startswith("pid")]) == 2)
    second = int([line for line in lines if line.startswith("pid")][1].split()[1])
    supervisor.stop()
    thread.join(15)
    assert not thread.is_alive()
    assert not _alive(first)
    assert not _alive(second)
    assert any("ended with status -9" in line for line in lines)


def test_a_service_that_ignores_the_polite_signal_is_ended_with_its_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lotse.supervisor._GRACE_S", 0.5)
    lines: list[str] = []
    supervisor = Supervisor(lambda name, line: lines.append(line))
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)']);"
        "print('child', child.pid); time.sleep(60)"
    )
    supervisor.add(Service(name="stubborn", command=_python(code)))
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    _wait_until(lambda: lines)
    supervisor.stop()
    thread.join(15)
    _wait_until(lambda: not _alive(int(lines[0].split()[1])), seconds=3)


def test_services_end_when_the_supervisor_is_killed_outright(tmp_path: Path) -> None:
    out = tmp_path / "pid"
    code = f"import os, time; open({str(out)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    program = (
        "import sys; from lotse.supervisor import *; s = Supervisor(lambda *a: None);"
        f"s.add(Service(name='a', command=[sys.executable, '-c', {code!r}])); s.run()"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    _wait_until(lambda: out.exists() and out.read_text(encoding="utf-8"))
    process.kill()
    process.wait()
    _wait_until(lambda: not _alive(int(out.read_text(encoding="utf-8"))), seconds=5)


def test_a_taken_port_is_seen_and_another_is_found() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        assert free_port(port) != port


def test_a_held_port_goes_to_nobody_else() -> None:
    with reserved_port(free_port(5005)) as held:
        port = held.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        with reserved_port(port) as another:
            assert another.getsockname()[1] != port
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)
    assert is_free("127.0.0.1", port)
