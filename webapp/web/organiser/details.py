"""What organisers settle of a date: places, room, link, when booking closes."""

import re
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import StopValidation

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import counted
from webapp.models import CourseDate
from webapp.services import arrangements, audit, course_dates, places
from webapp.services.arrangements import Arrangements
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.moments import DayField, TimeField, moment_of

WIDE = "govuk-!-width-two-thirds"
MOST_PLACES = 10_000
WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


def _places(form: Form, field: StringField) -> None:
    said = field.data or ""
    if said and not (said.isascii() and said.isdecimal() and 0 < int(said[:9]) <= MOST_PLACES):
        raise StopValidation(f"Places must be a number from 1 to {MOST_PLACES:,}")


def web_address(form: Form, field: StringField) -> None:
    if field.data and not WEB_ADDRESS.fullmatch(field.data):
        raise StopValidation(f"{field.label.text} must be an address that begins with https://")


class DetailsForm(Form):
    capacity = fields.line(
        "Places", hint="Leave it empty if as many as like can come.", width="govuk-input--width-4"
    )
    room = fields.line("Room", width=WIDE)
    platform = fields.line("Platform", hint="Such as Microsoft Teams.", width=WIDE)
    join_link = fields.line(
        "Link to join",
        most=2000,
        hint="Only people with a place see it: in their mail, their calendar and on their page.",
    )
    before_you_come = fields.paragraphs("Before you come", most=2000)
    closes_on = DayField("Booking closes on", description="Leave it empty to close at the start.")
    closes_at = TimeField("Booking closes at", description="Such as midday or 5pm.")

    validate_capacity = staticmethod(_places)
    validate_join_link = staticmethod(web_address)

    def fit(self, date: CourseDate) -> None:
        """Ask only what makes sense for a date in a room, or for one online."""
        for name in ("room",) if date.is_online else ("platform", "join_link"):
            del self[name]

    def show(self, date: CourseDate) -> None:
        for name in Arrangements.__dataclass_fields__:
            if name in self and name != "closes_at":
                self[name].data = getattr(date, name)
        if date.closes_at:
            shown = clock.london(date.closes_at)
            self["closes_on"].data, self["closes_at"].data = shown.date(), shown.time()

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if self.closes_on.data and self.closes_at.data is None and not self.closes_at.errors:
            self.closes_at.errors = ["Enter the time at which booking closes"]
        if self.closes_at.data and self.closes_on.data is None and not self.closes_on.errors:
            self.closes_on.errors = ["Enter the day on which booking closes"]
        return fine and not self.errors

    def arrangements(self, date: CourseDate) -> Arrangements:
        facts = {name: self[name].data for name in arrangements.NAMES if name in self}
        capacity = self.capacity.data
        closes = moment_of(self.closes_on, self.closes_at) if self.closes_on.data else None
        facts |= {"capacity": int(capacity) if capacity else None, "closes_at": closes}
        return replace(arrangements.of(date), **facts)


@bp.route("/dates/<int:date_id>/details", methods=["GET", "POST"])
def details(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    form = DetailsForm()
    form.fit(date)
    if form.validate_on_submit():
        try:
            told = arrangements.arrange(date, form.arrangements(date), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.capacity.errors = [str(refusal)]
        else:
            audit.record(identity.me(), "changed a date", course_date=date, now=now)
            db.session.commit()
            flash(saved(told), "success")
            return redirect(url_for(".attendees", date_id=date.id))
    elif not form.is_submitted():
        form.show(date)
    return render_template("organiser/details.html", date=date, form=form, places=places.of(date))


def saved(told: int) -> str:
    if not told:
        return "Your changes are kept."
    return f"Your changes are kept. We have written to {counted(told, 'person', 'people')}."
