"""Days and times of day as organisers type them, in London's hours."""

import re
from datetime import datetime, time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovTextInput
from wtforms import DateField, StringField

from webapp.clock import LONDON
from webapp.formats.words import clock_time
from webapp.web.fields import called

TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))? ?(am|pm)?", re.IGNORECASE | re.ASCII)
DAYS = re.compile(r"\d{1,3}", re.ASCII)
IN_WORDS = {"midday": time(12), "noon": time(12), "midnight": time()}
NOT_A_DAY = "must be a real date, such as 21 5 2025"
NOT_A_YEAR = "must have a year of four digits, such as 2025"
NOT_A_TIME = "must be a time, such as 9.30am or 13:30"
# Beyond these somebody mistyped the year.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class _ThreeBoxes(GovDateInput):  # type: ignore[misc]
    """The group around the boxes is called by the field's name; its id is the first box's."""

    def __call__(self, field: "DayField", **more: Any) -> str:
        return str(super().__call__(field, id=field.name, **more))


class DayField(DateField):  # type: ignore[misc]
    """Day, month and year in three boxes; the month may be a word. All empty is no day."""

    def __init__(self, label: str, **more: Any) -> None:
        formats = ["%d %m %Y", "%d %B %Y", "%d %b %Y"]
        super().__init__(label, format=formats, widget=_ThreeBoxes(), **more)
        # What an error summary links to must be a box one can type in.
        self.id = f"{self.name}-day"

    def process_formdata(self, valuelist: list[str]) -> None:
        parts = [part.strip() for part in [*valuelist, "", "", ""][:3]]
        # The widget shows them again, and cannot do with more or less than three.
        self.raw_data = parts
        self.data = None
        if not any(parts):
            return
        try:
            super().process_formdata(parts)
        except ValueError:
            year = parts[2]
            wrong = NOT_A_YEAR if year.isdecimal() and len(year) != 4 else NOT_A_DAY
            raise ValueError(f"{called(self)} {wrong}") from None
        if self.data and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(f"{called(self)} {NOT_A_DAY}")


class TimeField(StringField):  # type: ignore[misc]
    """A time of day: "9.30am", "9:30", "1pm", "13:30", "midday". Its `data` is a time."""

    def __init__(self, label: str, **more: Any) -> None:
        params = {"classes": "govuk-input--width-5", "autocomplete": "off"}
        super().__init__(label, widget=GovTextInput(), render_kw={"params": params}, **more)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return clock_time(self.data) if isinstance(self.data, time) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        said = valuelist[0].strip() if valuelist else ""
        self.data = read_time(said)
        if said and self.data is None:
            raise ValueError(f"{called(self)} {NOT_A_TIME}")


class DaysField(StringField):  # type: ignore[misc]
    """Numbers of days with commas between, the most first. Its `data` is a list; none is empty."""

    def __init__(self, label: str, *, most: int, **more: Any) -> None:
        params = {"classes": "govuk-input--width-10", "autocomplete": "off"}
        super().__init__(label, widget=GovTextInput(), render_kw={"params": params}, **more)
        self.most = most

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(map(str, self.data or []))

    def process_formdata(self, valuelist: list[str]) -> None:
        said = [part.strip() for part in (valuelist[0] if valuelist else "").split(",")]
        numbers = [part for part in said if part]
        self.data = []
        if not all(DAYS.fullmatch(part) and 1 <= int(part) <= self.most for part in numbers):
            raise ValueError(
                f"{self.label.text} must be numbers from 1 to {self.most} with commas between"
            )
        self.data = sorted({int(part) for part in numbers}, reverse=True)


def read_time(said: str) -> time | None:
    """The time of day these words say; None when they say none."""
    if said.lower() in IN_WORDS:
        return IN_WORDS[said.lower()]
    found = TIME.fullmatch(said)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if half := (found[3] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_of(day: DayField, at: TimeField) -> datetime:
    """When a clock in London shows what the two fields say; both have been answered."""
    assert day.data is not None
    assert at.data is not None
    return datetime.combine(day.data, at.data, LONDON)
