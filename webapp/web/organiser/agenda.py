"""An agenda as organisers type it: a line for each part, with its time, and who speaks."""

import re
from datetime import time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField

from webapp.formats.words import clock_time
from webapp.services.agendas import Line
from webapp.web.fields import UNSEEN
from webapp.web.organiser.moments import read_time

HINT = (
    "A line for each part: when it starts, what it is and, after an upright stroke, who speaks."
    " Such as: 11.15am Adultification | Jahnine Davis. If there are several days, put Day 2 on a"
    " line of its own before those of the second day."
)
DAY = re.compile(r"day (\d{1,2}):?", re.IGNORECASE | re.ASCII)
PART = re.compile(
    r"(\d{1,2}(?:[.:]\d{2})?(?: ?[ap]m)?|midday|noon|midnight)\b[\s,:\u2013\u2014-]*(.*)",
    re.IGNORECASE | re.ASCII,
)
MOST_LINES, LONGEST, MOST_DAYS = 100, 200, 31


class AgendaField(TextAreaField):  # type: ignore[misc]  # WTForms ships no types
    """Its `data` is a list of Lines. What is typed and cannot be read stays as it was typed."""

    def __init__(self, label: str, **more: Any) -> None:
        kw = {"rows": 6, "spellcheck": "true"}
        super().__init__(label, description=HINT, widget=GovTextArea(), render_kw=kw, **more)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return in_words(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = read(valuelist[0] if valuelist else "")


def in_words(lines: list[Line]) -> str:
    """As it is typed; the first day needs no heading."""
    said, day = [], 1
    for line in lines:
        if line.day != day:
            day = line.day
            said.append(f"Day {day}")
        speaker = f" | {line.speaker}" if line.speaker else ""
        said.append(f"{clock_time(line.starts)} {line.title}{speaker}")
    return "\n".join(said)


def read(text: str) -> list[Line]:
    """Raises ValueError with a sentence that names the line."""
    lines: list[Line] = []
    day, last = 1, time.min
    for number, typed in enumerate(text.splitlines(), 1):
        said = " ".join(UNSEEN.sub("", typed).split())
        if heading := DAY.fullmatch(said):
            if not day <= int(heading[1]) <= MOST_DAYS:
                raise ValueError(f"Agenda, line {number}: the days must be in order")
            day, last = int(heading[1]), time.min
        elif said:
            line = _line(said, number, day)
            if line.starts < last:
                raise ValueError(
                    f"Agenda, line {number}: {clock_time(line.starts)} is before the line above it."
                    " Write am or pm if that is not meant"
                )
            last = line.starts
            lines.append(line)
    if len(lines) > MOST_LINES:
        raise ValueError(f"The agenda must have {MOST_LINES} lines or fewer")
    return lines


def _line(said: str, number: int, day: int) -> Line:
    found = PART.fullmatch(said)
    starts = read_time(found[1]) if found else None
    if not found or starts is None:
        raise ValueError(f"Agenda, line {number} must begin with a time, such as 9.30am")
    title, _, speaker = (part.strip() for part in found[2].partition("|"))
    if not title:
        raise ValueError(f"Agenda, line {number} must say what happens at {clock_time(starts)}")
    if max(len(title), len(speaker)) > LONGEST:
        raise ValueError(
            f"Agenda, line {number}: title and speaker must be {LONGEST} characters or fewer"
        )
    return Line(day, starts, title, speaker or None)
