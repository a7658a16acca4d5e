"""Two dates of a course made one; first it is said who goes where."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import words
from webapp.formats.words import counted
from webapp.models import CourseDate
from webapp.services import audit, course_dates, merging, places
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp


class MergeForm(Form):
    into: RadioField = fields.radios("Which date do they go to?", "Choose the date", [])
    reason = fields.paragraphs(
        "Why (optional)",
        most=500,
        hint="Everybody we write to reads it, and so does whoever looks at the page of this date.",
    )

    def offer(self, dates: Sequence[CourseDate]) -> None:
        self._dates = {str(date.id): date for date in dates}
        self.into.choices = {key: words.when(date) for key, date in self._dates.items()}

    @property
    def date(self) -> CourseDate:
        return self._dates[self.into.data]


@bp.route("/dates/<int:date_id>/merge", methods=["GET", "POST"])
def merge_date(date_id: int) -> ResponseReturnValue:
    form, now = MergeForm(), clock.now()
    date = course_dates.get(date_id)
    why_not = merging.why_not_merged(date, now)
    dates = [] if why_not else merging.targets(date, now=now)
    form.offer(dates)
    if dates and form.validate_on_submit():
        into = form.date
        try:
            merged = merging.merge(date, into, reason=form.reason.data, now=now)
        except Refused as refusal:
            db.session.rollback()
            form.into.errors = [str(refusal)]
        else:
            audit.record(identity.me(), "merged a date into another", course_date=date, now=now)
            audit.record(identity.me(), "merged a date into this one", course_date=into, now=now)
            db.session.commit()
            flash(_done(merged), "success")
            return redirect(url_for(".attendees", date_id=into.id))
    page = render_template(
        "organiser/merge_date.html",
        date=date,
        form=form,
        why_not=why_not,
        dates=dates,
        places=places.places_of([date, *dates], now),
    )
    return page, 409 if why_not else 200


def _done(merged: merging.Merged) -> str:
    placed = f"{counted(merged.placed, 'person', 'people')} came over and have a place here"
    if merged.placed == 1:
        placed = "1 person came over and has a place here"
    if not merged.waiting:
        return f"The dates are one now. {placed}."
    more = "waits" if merged.waiting == 1 else "wait"
    return f"The dates are one now. {placed}, {merged.waiting} more {more} for one."
