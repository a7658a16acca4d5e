"""The agenda of a date: what happens when, and who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

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


def write(date: CourseDate, lines: Sequence[Line], *, now: datetime) -> None:
    """These lines and no others; nobody is written to."""
    date.demonstration_values = [name for name in date.demonstration_values if name != "agenda"]
    if list(lines) != of(date):
        date.agenda = rows(lines)
        date.touch(now=now)
