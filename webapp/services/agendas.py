"""The agenda of a date: what happens when, and who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from webapp.clock import london
from webapp.models import AgendaItem, CourseDate


@dataclass(frozen=True)
class Line:
    """`day` counts the days of the date from 1; `starts` is London's."""

    day: int
    starts: time
    title: str
    speaker: str | None = None


def of(date: CourseDate) -> list[Line]:
    return [Line(item.day, item.starts, item.title, item.speaker) for item in date.agenda]


def rows(lines: Sequence[Line]) -> list[AgendaItem]:
    """Of a date that is still to be made."""
    return [
        AgendaItem(
            position=number,
            day=line.day,
            starts=line.starts,
            title=line.title,
            speaker=line.speaker,
        )
        for number, line in enumerate(lines, 1)
    ]


def is_left_behind(
    date: CourseDate, lines: Sequence[Line], days: Sequence[tuple[datetime, datetime]]
) -> bool:
    """Whether with these days a line would lie outside the hours of its day, or all stay as they
    are while a day starts at another hour."""
    was = [(day.starts_at, day.ends_at) for day in date.days]
    if not lines or list(days) == was:
        return False
    hours = [_hour(starts) for starts, _ in days]
    moved = any(_hour(old) != new for (old, _), new in zip(was, hours, strict=False))
    return (moved and list(lines) == of(date)) or any(_is_outside(line, days) for line in lines)


def write(date: CourseDate, lines: Sequence[Line], *, now: datetime) -> None:
    """These lines and no others; nobody is written to."""
    date.demonstration_values = [name for name in date.demonstration_values if name != "agenda"]
    if list(lines) != of(date):
        date.agenda = rows(lines)
        date.touch(now=now)


def _is_outside(line: Line, days: Sequence[tuple[datetime, datetime]]) -> bool:
    if line.day > len(days):
        return True
    starts, ends = (london(moment) for moment in days[line.day - 1])
    if ends.date() > starts.date():  # into the night
        return ends.time() < line.starts < starts.time()
    return not starts.time() <= line.starts <= ends.time()


def _hour(moment: datetime) -> time:
    return london(moment).time()
