"""What `make` runs: sets the house up in .venv, then serves it or tests it.

Only the standard library is used, since nothing else is there before the set-up.
"""

import hashlib
import http.client
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STYLESHEET = ROOT / "webapp/static/govuk/govuk.css"
INSTANCE = Path(os.environ.get("WEBAPP_INSTANCE") or ROOT / "instance")

BUILD, RUN, TEST = "requirements-build.txt", "requirements.txt", "requirements-test.txt"
RECIPE = (BUILD, RUN, TEST, "package-lock.json", "pyproject.toml", "hatch_build.py")
PIP = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
FLASK = [PYTHON, "-m", "flask", "--app", "wsgi"]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# How pip's own words begin when something outside the project is at fault, and what to do then.
KNOWN_FAILURES = {
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ProxyError|ENOTFOUND|EAI_AGAIN": (
        "The packages could not be fetched: no connection to the package registry."
        " Check the network and start again."
    ),
    r"DO NOT MATCH THE HASHES": "A package is not the one that the lock names: it was refused.",
    r"command '\S*(cc|g\+\+|clang)\S*' failed|Visual C\+\+|Python\.h|Failed building wheel": (
        "A package has no ready-made build for this machine and there is no compiler to build it."
        " Install one (Debian and Ubuntu: apt install build-essential python3-dev; macOS:"
        " xcode-select --install) and start again."
    ),
}


class Stop(Exception):
    """A sentence for whoever sits at the terminal; ends the program."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def quietly(doing: str, command: list, environment: dict[str, str] | None = None) -> str:
    """Say what is done, do it, and return what it printed. A failure is told in a sentence."""
    say(f"{doing} ...")
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(command, cwd=ROOT, env=environment, errors="replace", **streams)
    if done.returncode:
        log = VENV / "last-failure.log" if VENV.exists() else Path(tempfile.mkstemp(".log")[1])
        log.write_text(done.stdout, "utf-8")
        raise Stop(f"{doing}: that failed. {reason(done.stdout)}\nAll it said is in {log}.")
    return done.stdout


def openly(doing: str, command: list) -> None:
    """The same for a check, whose findings are for reading."""
    say(f"{doing} ...")
    if subprocess.run(command, cwd=ROOT).returncode:
        raise SystemExit(1)


def reason(output: str) -> str:
    """Why a command failed: what we know of, else its own last words."""
    for pattern, sentence in KNOWN_FAILURES.items():
        if re.search(pattern, output):
            return sentence
    said = [line for line in output.splitlines() if line.strip()]
    return said[-1] if said else "It said nothing."


def set_up(*, with_tests: bool = False) -> None:
    """Make .venv hold what the locks name. Does nothing when it already does."""
    recipe = hashlib.sha256(str(ROOT).encode())
    for name in RECIPE:
        recipe.update((ROOT / name).read_bytes())
    stamp = VENV / "made-from"
    made = stamp.read_text().split() if stamp.exists() else []
    wanted = [recipe.hexdigest(), "with-tests"] if with_tests else [recipe.hexdigest()]
    if STYLESHEET.exists() and works(PYTHON) and made[: len(wanted)] == wanted:
        return

    if not works(PYTHON):
        if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
            raise Stop(
                f"{sys.executable} cannot make virtual environments: its venv module is missing."
                " On Debian and Ubuntu: apt install python3-venv"
            )
        venv = [sys.executable, "-m", "venv", "--clear", VENV]
        quietly(f"Making a virtual environment with Python {sys.version.split()[0]}", venv)
    stamp.unlink(missing_ok=True)
    lock = TEST if with_tests else RUN
    quietly("Installing what the build needs", [*PIP, "--require-hashes", "-r", BUILD])
    quietly(
        "Installing locked packages (the first time takes a minute)",
        # The one package that comes as source is built with what is locked too.
        [*PIP, "--require-hashes", "--no-build-isolation", "-r", lock],
    )
    quietly(
        "Making the stylesheet and installing the application",
        [*PIP, "--no-deps", "--no-build-isolation", "-e", "."],
    )
    stamp.write_text(" ".join(wanted))


def works(python: Path) -> bool:
    """Whether there is a whole virtual environment, on a Python that is still there."""
    with suppress(OSError):
        return subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0
    return False


def run(port: int) -> None:
    """Serve the demonstration until Ctrl-C."""
    check_free(port)
    set_up()
    os.umask(0o077)  # what people tell us is for this account's eyes alone
    environment = demonstration(port)
    quietly("Making the secret key, unless there is one", [*FLASK, "secrets"], environment)
    quietly("Bringing the database up to date", [*FLASK, "db", "upgrade"], environment)
    quietly("Loading the programme from seeds/", [*FLASK, "seed"], environment)
    organiser = [*FLASK, "organisers", "demonstration"]
    account = quietly("Looking up the demonstration's organiser", organiser, environment)
    say("Starting the web server and the worker ...")
    gunicorn = [PYTHON, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}"]
    gunicorn += ["--workers", "2", "--threads", "4", "--graceful-timeout", "5"]
    gunicorn += ["--log-level", "warning", "--no-control-socket"]
    programs = {"web server": gunicorn, "worker": [*FLASK, "worker"]}
    page = f"http://127.0.0.1:{port}/"
    addresses = f"Organisers: {page}organiser/\nProgramme:  {page}"
    serve(programs, environment, port, f"\n{account.strip()}\n{addresses}\n(Ctrl-C stops it)")


def check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(f"Port {port} is kept for the system. Try: make run PORT=8000") from None
        except OSError:
            raise Stop(
                f"Port {port} is taken by another program."
                f" Stop that one, or choose another port: make run PORT={port + 1}"
            ) from None


def demonstration(port: int) -> dict[str, str]:
    """The environment, with the demonstration's settings where neither it nor a file says more."""
    file = INSTANCE / "settings.env"
    told = file.read_text("utf-8") if file.exists() else ""
    environment = dict(os.environ)
    defaults = {"WEBAPP_TODAY": "2025-04-17", "WEBAPP_BASE_URL": f"http://127.0.0.1:{port}"}
    for name, value in defaults.items():
        if not re.search(rf"^\s*(WEBAPP_)?{name.removeprefix('WEBAPP_')}\s*=", told, re.MULTILINE):
            environment.setdefault(name, value)
    return environment


def serve(programs: dict[str, list], environment: dict[str, str], port: int, welcome: str) -> None:
    """Run the programs side by side. When one ends, or on Ctrl-C, all of them do."""
    running: dict[str, subprocess.Popen] = {}
    try:
        for name, command in programs.items():
            # A session of its own, so that Ctrl-C reaches only us and we stop them in order.
            own = {"cwd": ROOT, "env": environment, "start_new_session": True}
            running[name] = subprocess.Popen(command, **own)
        while not answers(port):
            check_alive(running)
        say(welcome)
        while True:
            check_alive(running)
    except KeyboardInterrupt:
        say("\nStopping.")
    finally:
        stop(running.values())


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/")
        return bool(connection.getresponse().status)
    return False


def check_alive(running: dict[str, subprocess.Popen]) -> None:
    for name, program in running.items():
        if program.poll() is not None:
            raise Stop(f"The {name} has ended by itself, so everything was stopped.")
    time.sleep(0.2)


def stop(programs: Iterable[subprocess.Popen]) -> None:
    """Ask each to end, and make it after ten seconds. A second Ctrl-C changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for program in programs:
        program.terminate()
    for program in programs:
        try:
            program.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


def check(_port: int) -> None:
    set_up(with_tests=True)
    openly("Reading the code: ruff", [PYTHON, "-m", "ruff", "check", "--quiet"])
    openly("Its layout: ruff format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet"])
    openly("Its types: mypy", [PYTHON, "-m", "mypy", "--no-error-summary"])
    openly("Its floors: import-linter", [PYTHON, "-c", LINT_IMPORTS])


def test(port: int) -> None:
    check(port)
    pytest = [PYTHON, "-m", "pytest", "-n", "2", "-rs"]
    # What needs a browser or runs races chooses its database itself.
    quick = ["env", "TEST_DATABASE=postgresql", *pytest, "-m", "not browser and not slow"]
    openly("Running the tests of what is kept on PostgreSQL", quick)
    openly("Running all tests on SQLite, and the races on both", pytest)


def simulate(_port: int) -> None:
    set_up(with_tests=True)
    openly("Living years of a partnership", [PYTHON, "-m", "tests.simulation"])


def faults(_port: int) -> None:
    set_up(with_tests=True)
    openly("Killing what serves people, and counting up", [PYTHON, "-m", "tests.faults"])


def bench(_port: int) -> None:
    set_up(with_tests=True)
    openly("Measuring beside what the machine can do", [PYTHON, "-m", "tests.bench"])


def main(command: str, port: str) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise Stop(f"PORT should be a number from 1 to 65535, not {port!r}.")
        commands = {"run": run, "test": test, "check": check}
        commands |= {"simulate": simulate, "faults": faults, "bench": bench}
        commands[command](int(port))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
