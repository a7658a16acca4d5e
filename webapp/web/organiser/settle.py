"""Saying which day was meant by an announcement that contradicts itself, and taking it back."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from webapp import clock
from webapp.db import db
from webapp.formats import words
from webapp.models import CourseDate, DateState
from webapp.services import audit, course_dates, interests
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.moments import DayField, TimeField, moment_of

OTHER = "other"
PASSED = "This day has passed. If it is right all the same, tick the box and send again"


class SettleForm(Form):
    reading: RadioField = fields.radios("Which day is it?", "Choose which day it is", [])
    day = DayField("The day")
    starts = TimeField("Start", description="Such as 9.30am or 13:30.")
    ends = TimeField("End")
    is_past = fields.tick("This day has passed, and it is right")

    def offer(self, date: CourseDate, now: datetime) -> None:
        self._readings = {str(reading.id): reading for reading in date.readings}
        self.reading.choices = {
            **{key: words.one_day(reading) for key, reading in self._readings.items()},
            OTHER: "Another day",
        }
        self._now = now

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.reading.data != OTHER:
            # What stands in boxes that are not meant has nothing to say.
            for field in (self.day, self.starts, self.ends):
                field.errors = []
            return not self.errors
        return fine and self._is_whole() and self._makes_sense()

    @property
    def span(self) -> tuple[datetime, datetime]:
        if self.reading.data != OTHER:
            reading = self._readings[self.reading.data]
            return reading.starts_at, reading.ends_at
        return moment_of(self.day, self.starts), moment_of(self.day, self.ends)

    def _is_whole(self) -> bool:
        for field, sentence in (
            (self.day, "Enter the day"),
            (self.starts, "Enter when it starts, such as 9.30am"),
            (self.ends, "Enter when it ends, such as 3pm"),
        ):
            if field.data is None:
                field.errors = [sentence]
        return not self.errors

    def _makes_sense(self) -> bool:
        starts_at, ends_at = self.span
        if ends_at <= starts_at:
            self.ends.errors = ["The end must be after the start"]
        elif starts_at <= self._now and not self.is_past.data:
            self.is_past.errors = [PASSED]
        return not self.errors


@bp.route("/dates/<int:date_id>/settle", methods=["GET", "POST"])
def settle(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    form = SettleForm()
    form.offer(date, now)
    if date.state is DateState.HELD_BACK and form.validate_on_submit():
        starts_at, ends_at = form.span
        course_dates.settle(date, starts_at, ends_at, now=now)
        audit.record(
            identity.me(),
            "settled a date",
            course_date=date,
            detail=words.day(starts_at),
            now=now,
        )
        db.session.commit()
        flash(f"The date is settled: {words.when(date)}.", "success")
        return redirect(url_for(".settle", date_id=date.id))
    return render_template(
        "organiser/settle.html",
        date=date,
        form=form,
        interested=interests.counts().get(date.course_id, 0),
        why_not_held_back=course_dates.why_not_held_back(date),
    )


@bp.post("/dates/<int:date_id>/hold-back")
def hold_back(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    course_dates.hold_back(date, now=now)
    audit.record(identity.me(), "held a date back", course_date=date, now=now)
    db.session.commit()
    flash("The date is held back again. Nobody can book it until it is settled.", "success")
    return redirect(url_for(".settle", date_id=date.id))
