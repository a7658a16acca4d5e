"""Web servers for tests and measurements: gunicorn, two workers of four threads, as in earnest."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.request import urlopen

from tests.ports import free_port
from webapp.config import ROOT

PATIENCE = 60


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        return [int(worker) for worker in children.read_text().split()]

    def most_megabytes(self) -> list[float]:
        """What each worker has held at most since it began, what it shares included."""
        found = []
        for worker in self.workers():
            status = Path(f"/proc/{worker}/status").read_text()
            [most] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
            found.append(int(most) / 1024)
        return found


@contextmanager
def served(application: str, settings: Mapping[str, str], **more: str) -> Iterator[Server]:
    """It answers when the block begins, and ends with it. `settings` are those of the product."""
    port = free_port()
    others = {name: value for name, value in os.environ.items() if not name.startswith("WEBAPP_")}
    others.pop("PYTHONDONTWRITEBYTECODE", None)  # who installs it compiles it once
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "2", "--threads", "4", "--keep-alive", "60", "--log-level", "error"]
    command += ["--no-control-socket"]
    with TemporaryFile() as log:
        program = subprocess.Popen(
            command, cwd=ROOT, env={**others, **settings, **more}, stdout=log, stderr=log
        )
        try:
            _wait(program, port, log)
            yield Server(port, program.pid)
        finally:
            program.terminate()
            program.wait(PATIENCE)


def _wait(program: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while program.poll() is None and time.monotonic() < ends:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz"):
                return
        except OSError:
            time.sleep(0.05)
    log.seek(0)
    raise RuntimeError(f"It does not answer: {log.read().decode()}")
