"""The house clock: the only place that asks the machine what time it is."""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
START_OF_DAY = time(9, 0)

_offset = timedelta(0)


def now() -> datetime:
    """This moment by the house clock, aware, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The date on the wall in London."""
    return now().astimezone(LONDON).date()


def real_now() -> datetime:
    """The machine's own moment, for what leaves the house: sign-in, CSRF, mail headers."""
    return datetime.now(UTC)


def london(moment: datetime) -> datetime:
    """The same moment as a clock in London shows it."""
    return moment.astimezone(LONDON)


def start(day: date, memory: Path) -> None:
    """Start the house clock at 9am in London on `day` and let it run on.

    The distance to the real clock is fixed at the first start and kept in the file `memory`, so
    that web, worker and commands agree and a restart never turns the clock back.
    """
    global _offset
    kept = _kept(memory)
    if kept is not None and kept["today"] == day.isoformat():
        _offset = timedelta(seconds=float(kept["seconds"]))
        return
    real = datetime.now(UTC)
    offset = datetime.combine(day, START_OF_DAY, LONDON).astimezone(UTC) - real
    if kept is not None:
        offset = max(offset, timedelta(seconds=float(kept["seconds"])))
    facts = {"today": day.isoformat(), "seconds": str(offset.total_seconds())}
    _keep(memory, facts, first=kept is None)
    again = _kept(memory)
    assert again is not None
    _offset = timedelta(seconds=float(again["seconds"]))


def _kept(memory: Path) -> dict[str, str] | None:
    try:
        kept = json.loads(memory.read_text("utf-8"))
        return {"today": str(kept["today"]), "seconds": str(float(kept["seconds"]))}
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        sys.exit(f"{memory} cannot be read. Remove it to start the clock anew.")


def _keep(memory: Path, facts: dict[str, str], *, first: bool) -> None:
    """Write whole or not at all; of processes that start first together, one's facts stay."""
    memory.parent.mkdir(parents=True, exist_ok=True)
    draft = memory.with_name(f"{memory.name}.{os.getpid()}")
    draft.write_text(json.dumps(facts), "utf-8")
    if not first:
        draft.replace(memory)
        return
    with suppress(FileExistsError):
        os.link(draft, memory)
    draft.unlink()
