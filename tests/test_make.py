"""What `make` says and does, tried from outside as whoever sits at the terminal meets it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Stands for the web server and the worker; each writes down who it is.
SERVE = """
    import make, pathlib, signal, sys
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
    port, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    note = f"import os, pathlib; pathlib.Path({str(folder)!r}, '%s').write_text(str(os.getpid()));"
    server = f"HTTPServer(('127.0.0.1', {port}), SimpleHTTPRequestHandler)"
    web = note % "web" + f"from http.server import *; {server}.serve_forever()"
    worker = note % "worker" + sys.argv[3]
    programs = {"web server": [sys.executable, "-c", web], "worker": [sys.executable, "-c", worker]}
    def serve(port): make.serve(programs, None, port, "All is up.")
    make.run = serve
    sys.exit(make.main("run", str(port)))
"""
WORK = "import time; time.sleep(60)"


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(code, *arguments):
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]


def ask(code, *arguments, cwd=ROOT, **environment):
    """Run a few lines of Python there."""
    surroundings = {**os.environ, "PYTHONPATH": str(cwd), **environment}
    return subprocess.run(
        command(code, *arguments),
        cwd=cwd,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def start():
    """Start a few lines of Python in the background; ended with the test whatever happens."""
    with ExitStack() as started:

        def start(code, *arguments):
            program = subprocess.Popen(
                command(code, *arguments),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            started.enter_context(program)
            started.callback(program.terminate)
            return program

        yield start


def make(*arguments, cwd=ROOT):
    program = [sys.executable, "make.py", *map(str, arguments)]
    return subprocess.run(program, cwd=cwd, capture_output=True, text=True, timeout=120)


def wait_for(file):
    """Until a program has said its number there; on a busy machine it takes a while to begin."""
    until = time.monotonic() + 60
    while not (file.exists() and file.read_text()):
        assert time.monotonic() < until, f"nothing wrote {file}"
        time.sleep(0.05)


def is_running(file):
    try:
        os.kill(int(file.read_text()), 0)
    except ProcessLookupError:
        return False
    return True


def test_an_old_python_is_told_which_one_is_needed(tmp_path):
    old = tmp_path / "python3.8"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = subprocess.run(
        ["make", "run", f"PYTHON={old}"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert done.stderr.startswith("Python 3.11 or newer is needed.")
    assert "make run PYTHON=" in done.stderr


def test_a_python_that_is_only_a_name_is_passed_over(tmp_path):
    done = subprocess.run(
        ["make", "run", f"PYTHON=nothing-of-that-name {sys.executable}", "PORT=none"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert "PORT should be a number" in done.stderr


def test_a_taken_port_is_said_before_anything_is_installed(tmp_path):
    shutil.copy(ROOT / "make.py", tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        done = make("run", taken, cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        f"Port {taken} is taken by another program."
        f" Stop that one, or choose another port: make run PORT={taken + 1}\n"
    )
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("port", ["", "none", "0", "65536"])
def test_a_port_that_cannot_be_is_refused_in_a_sentence(port):
    done = make("run", port)

    assert done.returncode == 1
    assert done.stderr == f"PORT should be a number from 1 to 65535, not {port!r}.\n"


@pytest.fixture
def bare_copy(tmp_path):
    """A checkout in which nothing has been installed yet."""
    for name in ("make.py", "pyproject.toml", "hatch_build.py", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    for lock in ROOT.glob("requirements*.txt"):
        shutil.copy(lock, tmp_path)
    return tmp_path


def test_a_python_without_venv_is_told_what_to_install(bare_copy):
    # How Debian ships Python: without ensurepip until python3-venv is installed.
    without = """
        import sys
        sys.modules["ensurepip"] = None
        import make
        sys.exit(make.main("check", "1"))
    """
    done = ask(without, cwd=bare_copy)

    assert done.returncode == 1
    assert "its venv module is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failed_installation_ends_in_a_sentence_and_keeps_what_was_said(bare_copy):
    (bare_copy / "requirements-build.txt").write_text("./gone-1-py3-none-any.whl\n")

    done = make("check", 1, cwd=bare_copy)

    assert done.returncode == 1
    assert done.stderr.startswith("Installing what the build needs: that failed.")
    assert "Traceback" not in done.stderr
    assert "gone-1-py3-none-any.whl" in (bare_copy / ".venv/last-failure.log").read_text()


@pytest.mark.parametrize(
    "said",
    [
        "error: command 'gcc' failed: No such file or directory",
        "error: command '/usr/bin/x86_64-linux-gnu-gcc' failed with exit code 1",
        "error: command 'clang' failed: No such file or directory",
        "fatal error: Python.h: No such file or directory",
    ],
)
def test_a_missing_compiler_is_named(said):
    output = f"Building wheel\n{said}\nERROR: failed"

    done = ask("import make, sys; print(make.reason(sys.argv[1]))", output)

    assert "there is no compiler" in done.stdout


def test_a_failure_we_do_not_know_is_told_in_its_own_last_words():
    done = ask("import make; print(make.reason('first\\nERROR: the moon is down\\n\\n'))")

    assert done.stdout == "ERROR: the moon is down\n"


def settings_with(folder, **environment):
    code = """
        import make
        settings = make.demonstration(8123)
        print(settings.get("WEBAPP_TODAY"), settings.get("WEBAPP_BASE_URL"))
    """
    return ask(code, WEBAPP_INSTANCE=str(folder), **environment).stdout.strip()


def test_the_demonstration_sets_its_day_and_address(tmp_path):
    assert settings_with(tmp_path) == "2025-04-17 http://127.0.0.1:8123"


def test_an_empty_day_in_the_environment_means_the_real_clock(tmp_path):
    assert settings_with(tmp_path, WEBAPP_TODAY="") == "http://127.0.0.1:8123"


def test_what_the_settings_file_says_is_left_alone(tmp_path):
    (tmp_path / "settings.env").write_text("WEBAPP_TODAY=\nBASE_URL = https://a.example\n")

    assert settings_with(tmp_path) == "None None"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopping_stops_the_web_server_and_the_worker(start, port, tmp_path, sign):
    program = start(SERVE, port, tmp_path, WORK)
    assert program.stdout.readline() == "All is up.\n"
    wait_for(tmp_path / "worker")

    program.send_signal(sign)
    said, complaint = program.communicate(timeout=30)

    assert (program.returncode, said) == (0, "\nStopping.\n")
    assert "Traceback" not in complaint
    assert not is_running(tmp_path / "web")
    assert not is_running(tmp_path / "worker")


def test_when_one_program_ends_the_other_is_stopped_and_it_is_said(start, port, tmp_path):
    program = start(SERVE, port, tmp_path, "import time; time.sleep(1)")

    _, complaint = program.communicate(timeout=30)

    assert program.returncode == 1
    assert "The worker has ended by itself, so everything was stopped." in complaint
    assert not is_running(tmp_path / "web")


@pytest.mark.slow
def test_make_run_serves_the_demonstration_and_ctrl_c_stops_it(port, tmp_path):
    surroundings = {name: os.environ[name] for name in os.environ if name != "WEBAPP_TODAY"}
    surroundings["WEBAPP_INSTANCE"] = str(tmp_path)
    with subprocess.Popen(
        [sys.executable, "make.py", "run", str(port)],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        said = []
        for line in program.stdout:
            said.append(line)
            if line.startswith("Programme:"):
                break
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20)
        page = answer.read().decode()
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=30)

    assert program.returncode == 0
    assert f"Programme:  http://127.0.0.1:{port}/\n" in said
    assert any("@" in line for line in said), "no organiser's address among what was said"
    assert "Thursday 17 April 2025" in page
    assert not [file for file in tmp_path.iterdir() if file.stat().st_mode & 0o077]
    socket.create_server(("127.0.0.1", port)).close()  # nobody listens there any more
