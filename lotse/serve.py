"""`lotse serve`: the three processes under one roof, with one log and one way to end."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import click

from knowledge import KnowledgeError, Settings, read_settings
from knowledge.settings import ROOT, number
from lotse.dialogue import RASA_PYTHON, dialogue_model, ensure_dialogue_model
from lotse.lock import only_one
from lotse.ports import free_port, is_free, reserved_port
from lotse.prepared import is_prepared
from lotse.supervisor import Service, Supervisor, ending_with_us
from widget.settings import read_web_settings

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
_WEB_THREADS = 16


@click.command("serve", epilog="Example: LOTSE_PORT=9000 lotse serve")
@click.option("--demo/--no-demo", default=True, help="Load the demo knowledge base into an empty store (default: yes).")
def serve_command(demo: bool) -> None:
    """Start web, actions and Rasa, restart what dies, and end all of them on Ctrl-C."""
    settings = read_settings()
    read_web_settings()  # a fault in them is said here, not by a process that is started again and again
    host, port = os.environ.get("LOTSE_HOST", "127.0.0.1"), int(number(os.environ, "LOTSE_PORT", default=8000))
    lock = only_one(settings)
    if not is_free(host, port):
        raise click.ClickException(f"port {port} is taken; end the other program, or set LOTSE_PORT to another port")
    prepared = is_prepared(settings)
    if not prepared and _prepare(demo).wait():
        raise SystemExit(1)  # it has said why
    actions_port = free_port(5055)
    # Rasa may start minutes later; another server must not take its port meanwhile, and parents' words with it.
    rasa_port = reserved_port(5005)
    environment = {
        **_ONE_THREAD,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "LOTSE_ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
        "LOTSE_RASA_URL": f"http://127.0.0.1:{rasa_port.getsockname()[1]}",
        "LOTSE_RASA_TOKEN": os.environ.get("LOTSE_RASA_TOKEN") or secrets.token_hex(16),
        "LOTSE_RETENTION_DAYS": str(settings.retention_days),
    }
    supervisor = Supervisor(_log)
    for number_ in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number_, lambda *_: supervisor.stop())
    supervisor.add(_web(host, port, environment))
    supervisor.add(_actions(actions_port, environment))
    # Parents are answered while the rest is looked through: what an import changed meanwhile is picked up.
    checking = _prepare(demo) if prepared else None
    threading.Thread(
        target=_add_rasa, args=(supervisor, settings, rasa_port, environment, checking), daemon=True
    ).start()
    _log(
        "lotse",
        f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0'} else host}:{port}/ answers as soon as web is up; Ctrl-C ends all",
    )
    supervisor.run()
    _log("lotse", "all processes have ended")
    lock.close()


def _prepare(demo: bool) -> subprocess.Popen[bytes]:
    """Start `lotse prepare` in a process of its own, whose memory is free again when it ends, and which ends with us."""
    command = [sys.executable, "-m", "lotse", "prepare", "--demo" if demo else "--no-demo"]
    return subprocess.Popen(ending_with_us(command), env={**os.environ, "PYTHONPATH": str(ROOT)})


def _web(host: str, port: int, environment: dict[str, str]) -> Service:
    command = [
        sys.executable, "-m", "gunicorn", "console.wsgi:app", "--bind", f"{host}:{port}", "--workers", "1", "--worker-class", "gthread",
        "--threads", str(_WEB_THREADS), "--timeout", "60", "--graceful-timeout", "8", "--log-level", "warning",
        "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp", "--no-control-socket",
    ]  # fmt: skip
    return Service(name="web", command=command, environment=environment)


def _actions(port: int, environment: dict[str, str]) -> Service:
    return Service(
        name="actions", command=[sys.executable, "-m", "actions", "--port", str(port)], environment=environment
    )


def _add_rasa(
    supervisor: Supervisor,
    settings: Settings,
    held: socket.socket,
    environment: dict[str, str],
    checking: subprocess.Popen[bytes] | None,
) -> None:
    """Train the dialogue model if its inputs changed, then start Rasa; parents are answered by the gateway meanwhile."""
    if checking is not None:
        checking.wait()
    try:
        ensure_dialogue_model(settings, progress=lambda line: _log("training", line))
    except (KnowledgeError, OSError) as error:
        _log("training", f"{error}. The gateway answers from its own search until this is mended")
        return
    port = held.getsockname()[1]
    command = [
        str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(dialogue_model(settings)), "--endpoints", str(ROOT / "bot" / "endpoints.yml"),
        "--credentials", str(ROOT / "bot" / "credentials.yml"), "--interface", "127.0.0.1", "--port", str(port),
        "--enable-api", "--auth-token", environment["LOTSE_RASA_TOKEN"],
    ]  # fmt: skip
    rasa = {
        **environment, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "LOG_LEVEL": "WARNING",
        "LOTSE_TRACKER_URL": os.environ.get("LOTSE_TRACKER_URL") or f"sqlite:///{settings.data_dir / 'conversations.sqlite'}",
    }  # fmt: skip
    held.close()
    supervisor.add(Service(name="rasa", command=command, environment=rasa, silent=_says_nothing))


def _says_nothing(line: str) -> bool:
    return "Warning" in line or line.startswith("  ") or "pkg_resources" in line


def _log(name: str, line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {name:8} {line}", flush=True)
