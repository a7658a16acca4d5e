"""The days of a date as organisers type them: a row for each, and an empty one for another; of
a date that has none yet, two rows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile
from typing import Any

from flask import request

from webapp import clock
from webapp.models import CourseDate, CourseDay, DateState
from webapp.web.fields import Form
from webapp.web.organiser.moments import DayField, TimeField, moment_of

MIDNIGHT = time()
Span = tuple[datetime, datetime]
Said = tuple[date | None, time | None, time | None]


class DayRow(Form):
    """One day. A row with nothing in it is no day."""

    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    day = DayField("Date")
    starts = TimeField("Start", description="Such as 9.30am or 13:30.")
    ends = TimeField("End", description="Such as 3pm or 15:30.")

    @property
    def is_empty(self) -> bool:
        return not any(field.data or field.process_errors or field.errors for field in self)

    @property
    def said(self) -> Said:
        return self.day.data, self.starts.data, self.ends.data

    @property
    def span(self) -> Span:
        """Start and end of a row that is whole; one that ends at midnight ends with its day."""
        starts_at, ends_at = moment_of(self.day, self.starts), moment_of(self.day, self.ends)
        if self.ends.data == MIDNIGHT:
            ends_at += timedelta(days=1)
        return starts_at.astimezone(UTC), ends_at.astimezone(UTC)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.is_empty:
            return fine
        for field, sentence in (
            (self.day, "Enter the date"),
            (self.starts, "Enter when it starts, such as 9.30am"),
            (self.ends, "Enter when it ends, such as 3pm"),
        ):
            if field.data is None and not field.errors:
                field.errors = [sentence]
        return not self.errors


class Days:
    """All rows of a date. Days that have begun stand as they are and have none; of a draft, whose
    days nobody was told of, even those have one."""

    def __init__(self, course_date: CourseDate, now: datetime, *, sent: bool) -> None:
        # The days of a postponed date are those it was to be held on: none of them stands.
        standing = course_date.days if course_date.starts_at is not None else []
        is_draft = course_date.state is DateState.DRAFT
        self.begun = [day for day in standing if day.starts_at <= now and not is_draft]
        # What is postponed may stay without a day.
        self._needs_one = not self.begun and (is_draft or bool(standing))
        # As a row says them. Left alone they stay to the second, a night's work among them.
        self._standing = {_said(day): (day.starts_at, day.ends_at) for day in standing}
        self._now = now
        self.rows = _sent() if sent else _shown([d for d in standing if d not in self.begun])
        fewest = 1 if standing else 2
        while len(self.rows) < fewest or not self.rows[-1].is_empty:
            self.rows.append(_row(len(self.rows)))

    @property
    def spans(self) -> tuple[Span, ...]:
        """All days the date is to have, in order; the same day sent twice is one."""
        begun = {(day.starts_at, day.ends_at) for day in self.begun}
        return tuple(sorted(begun | {self._span_of(row) for row in self._filled}))

    @property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by the id of the box; each says of which day it speaks."""
        return {field.id: field.errors for row in self.rows for field in row if field.errors}

    def name_of(self, row: DayRow) -> str:
        return f"Day {len(self.begun) + self.rows.index(row) + 1}"

    def validate(self) -> bool:
        for row in self.rows:
            row.validate()
        if not self.errors:
            self._compare()
        for row in self.rows:
            for field in row:
                field.errors = [_of(self.name_of(row), sentence) for sentence in field.errors]
        if not self._filled and self._needs_one:
            self.rows[0].day.errors = ["Enter at least one day"]
        return not self.errors

    def _span_of(self, row: DayRow) -> Span:
        return self._standing.get(row.said) or row.span

    @property
    def _filled(self) -> list[DayRow]:
        return [row for row in self.rows if not row.is_empty]

    def _compare(self) -> None:
        taken = [(day.starts_at, day.ends_at) for day in self.begun]
        for row in self._filled:
            starts_at, ends_at = span = self._span_of(row)
            if ends_at <= starts_at:
                row.ends.errors = ["The end must be after the start"]
            elif starts_at <= self._now and row.said not in self._standing:
                row.day.errors = ["The date must be in the future"]
            elif any(
                starts_at < end and start < ends_at for start, end in taken if (start, end) != span
            ):
                row.day.errors = ["It must not overlap with another day"]
            taken.append(span)


def _of(name: str, sentence: str) -> str:
    return f"{name}: {sentence[0].lower()}{sentence[1:]}"


def _row(number: int, **facts: Any) -> DayRow:
    return DayRow(formdata=None, prefix=f"days-{number}-", **facts)


def _sent() -> list[DayRow]:
    numbers = takewhile(lambda n: f"days-{n}-starts" in request.form, count())
    return [DayRow(prefix=f"days-{number}-") for number in numbers]


def _shown(to_come: Iterable[CourseDay]) -> list[DayRow]:
    return [
        _row(number, day=day, starts=starts, ends=ends)
        for number, (day, starts, ends) in enumerate(map(_said, to_come))
    ]


def _said(day: CourseDay) -> Said:
    """A day as its row says it: the date, and a clock's times."""
    starts, ends = clock.london(day.starts_at), clock.london(day.ends_at)
    return starts.date(), starts.time(), ends.time()
