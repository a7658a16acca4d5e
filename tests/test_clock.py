"""The house clock: started once, the same for every process, never going back."""

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from webapp import clock

THAT_DAY = date(2025, 4, 17)
# Nine in the morning in London, when London is an hour ahead.
NINE = datetime(2025, 4, 17, 8, tzinfo=UTC)
A_MOMENT = timedelta(seconds=30)
# Load the room alone, wait for the agreed moment, start, and tell the offset in full.
PROCESS = """
import importlib.util, sys, time
from datetime import date
from pathlib import Path
spec = importlib.util.spec_from_file_location("clock", sys.argv[1])
clock = importlib.util.module_from_spec(spec)
spec.loader.exec_module(clock)
while time.time() < float(sys.argv[4]):
    pass
clock.start(date.fromisoformat(sys.argv[3]), Path(sys.argv[2]))
print(clock._offset.total_seconds())
"""


@pytest.fixture(autouse=True)
def _put_the_clock_back():
    yield
    clock._offset = timedelta(0)


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "instance" / "clock.json"


def processes(memory, day, count):
    """What as many processes make of the same start, all at once."""
    go = str(time.time() + 1)
    command = [sys.executable, "-c", PROCESS, clock.__file__, str(memory), day.isoformat(), go]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return [process.communicate(timeout=30)[0].strip() for process in running]


def test_without_a_start_it_is_the_machines_own_time():
    assert abs(clock.now() - clock.real_now()) < A_MOMENT
    assert clock.now().tzinfo is UTC


def test_it_starts_at_nine_in_london_and_runs_on(memory):
    clock.start(THAT_DAY, memory)

    first = clock.now()
    assert NINE <= first < NINE + A_MOMENT
    time.sleep(0.01)
    assert clock.now() > first
    assert clock.today() == THAT_DAY


def test_in_winter_nine_in_london_is_nine(memory):
    clock.start(date(2025, 11, 27), memory)

    assert clock.now().hour == 9


def test_what_leaves_the_house_keeps_the_real_time(memory):
    real = datetime.now(UTC)
    clock.start(THAT_DAY, memory)

    assert abs(clock.real_now() - real) < A_MOMENT


def test_a_restart_goes_on_where_the_clock_would_be(memory):
    clock.start(THAT_DAY, memory)
    kept = json.loads(memory.read_text())
    two_days = 2 * 24 * 3600
    memory.write_text(json.dumps({**kept, "seconds": float(kept["seconds"]) + two_days}))

    clock.start(THAT_DAY, memory)

    assert NINE <= clock.now() - timedelta(days=2) < NINE + A_MOMENT


def test_an_earlier_day_does_not_turn_it_back(memory):
    clock.start(THAT_DAY, memory)

    clock.start(date(2025, 1, 1), memory)
    assert clock.now() >= NINE

    clock.start(date(2025, 1, 1), memory)
    assert clock.now() >= NINE


def test_a_later_day_takes_it_forward_and_the_former_day_not_back(memory):
    clock.start(THAT_DAY, memory)

    clock.start(date(2025, 5, 20), memory)
    assert clock.today() == date(2025, 5, 20)

    clock.start(THAT_DAY, memory)
    assert clock.today() == date(2025, 5, 20)


def test_processes_that_start_together_agree_to_the_microsecond(memory):
    first = processes(memory, THAT_DAY, 4)

    assert len(first) == 4
    assert len(set(first)) == 1
    assert float(first[0]) < 0
    assert set(processes(memory, THAT_DAY, 1)) == set(first)
    assert [file.name for file in memory.parent.iterdir()] == ["clock.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"today": "2025-04-17"}', '{"seconds": "x"}'])
def test_a_memory_that_cannot_be_read_is_told_in_a_sentence(memory, text):
    memory.parent.mkdir()
    memory.write_text(text)

    with pytest.raises(SystemExit, match=r"clock\.json cannot be read\. Remove it"):
        clock.start(THAT_DAY, memory)


def test_a_moment_is_shown_as_london_shows_it():
    assert clock.london(NINE).hour == 9
    assert clock.london(NINE) == NINE
