"""The window on PostgreSQL's own programs, which write a database down whole and read it back."""

import os
import subprocess
from collections.abc import Iterable, Sequence
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import make_url

from webapp.errors import Unreachable

DUMP = ("pg_dump", "--no-owner", "--no-privileges", "--encoding=UTF8")
# Everything is one transaction, which the first mistake ends.
RUN = (
    "psql",
    "--no-psqlrc",
    "--quiet",
    "--single-transaction",
    "--set=ON_ERROR_STOP=1",
    "--file=-",
)
NOT_INSTALLED = "{} is not installed. On Debian and Ubuntu: apt install postgresql-client"


def dump(url: str, *, snapshot: str, into: IO[bytes]) -> None:
    """The database as SQL, as the transaction that exported this snapshot sees it."""
    with TemporaryFile() as said:
        program = _start([*DUMP, f"--snapshot={snapshot}"], url, said, stdout=subprocess.PIPE)
        assert program.stdout is not None
        with program, program.stdout as written:
            copyfileobj(written, into)
        _expect_success(program, said)


def run(url: str, script: Iterable[IO[bytes]]) -> None:
    """Have these files of SQL carried out, one after the other: all of it or nothing."""
    with TemporaryFile() as said:
        program = _start(RUN, url, said, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        try:
            with program:
                assert program.stdin is not None
                for part in script:
                    copyfileobj(part, program.stdin)
        except BrokenPipeError:  # it stopped at a mistake, and has said which
            pass
        _expect_success(program, said)


def _start(
    command: Sequence[str],
    url: str,
    said: IO[bytes],
    *,
    stdin: int | None = None,
    stdout: int | None = None,
) -> subprocess.Popen[bytes]:
    environment = os.environ | _address(url)
    try:
        return subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=said)  # noqa: S603  # ours, and no shell reads it
    except FileNotFoundError:
        raise Unreachable(NOT_INSTALLED.format(command[0])) from None


def _address(url: str) -> dict[str, str]:
    """In the environment, since everybody on the machine can read the commands that run."""
    parts = make_url(url)
    facts = {
        "host": parts.host,
        "port": parts.port,
        "user": parts.username,
        "password": parts.password,
        "database": parts.database,
        **parts.query,
    }
    return {f"PG{name.upper()}": str(fact) for name, fact in facts.items() if fact is not None}


def _expect_success(program: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if program.wait() == 0:
        return
    said.seek(0)
    lines = said.read().decode(errors="replace").split("\n")
    wrong = [line for line in lines if "error" in line.lower()] or lines
    raise Unreachable(wrong[0].strip() or f"The program ended with {program.returncode}.")
