"""What organisers settle of a date: its days, where it is held, by whom, places and booking."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import Field, HiddenField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import FORMATS, counted
from webapp.models import CourseDate, DateState, Format, Organiser
from webapp.services import arrangements, audit, course_dates, places, trainers, venues
from webapp.services.arrangements import Arrangements, ClosingRefused, DaysRefused
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.days import Days
from webapp.web.organiser.moments import DayField, TimeField, moment_of

WIDE = "govuk-!-width-two-thirds"
MOST_PLACES = 10_000
WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
HELD = [SelectChoice(held.value, said) for held, said in FORMATS.items()]
# What only makes sense in a building, and what only makes sense online.
OF_A_BUILDING, OF_A_MEETING = ("venue", "room"), ("platform", "join_link")


def _places(form: Form, field: StringField) -> None:
    said = field.data or ""
    if said and not (said.isascii() and said.isdecimal() and 0 < int(said[:9]) <= MOST_PLACES):
        raise StopValidation(f"Places must be a number from 1 to {MOST_PLACES:,}")


def web_address(form: Form, field: StringField) -> None:
    if field.data and not WEB_ADDRESS.fullmatch(field.data):
        raise StopValidation(f"{field.label.text} must be an address that begins with https://")


class DetailsForm(Form):
    # What the date was like when the form was opened.
    seen = HiddenField()
    format = fields.radios("How it is held", "Choose how it is held", HELD)
    venue = fields.choice("Venue")
    room = fields.line("Room", width=WIDE)
    platform = fields.line("Platform", hint="Such as Microsoft Teams.", width=WIDE)
    join_link = fields.line(
        "Link to join",
        most=2000,
        hint="Only people with a place see it: in their mail, their calendar and on their page.",
    )
    capacity = fields.line(
        "Places", hint="Leave it empty if as many as like can come.", width="govuk-input--width-4"
    )
    closes_on = DayField("Booking closes on", description="Leave it empty to close at the start.")
    closes_at = TimeField("Booking closes at", description="Such as midday or 5pm.")
    before_you_come = fields.paragraphs("Before you come", most=2000)
    trainers = SelectMultipleField(
        "Trainers",
        description="They have the date in the calendar of their own. Nobody is written to.",
        validate_choice=False,
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )

    validate_capacity = staticmethod(_places)
    validate_join_link = staticmethod(web_address)

    def fit(self, date: CourseDate, now: datetime) -> None:
        """Offer what there is to choose from; days that no longer, or not yet, move have no rows.

        Saved over what somebody changed after it was opened, a form would undo that and tell
        everybody so. It is shown again instead with what was typed, and the next try counts.
        """
        self._date = date
        fixed = date.state is DateState.HELD_BACK or date.is_past(now)
        self.days = None if fixed else Days(date, now, sent=self.is_submitted())
        self._venues = {venue.id: venue for venue in venues.everywhere()}
        self.venue.choices = {key: place.one_line for key, place in self._venues.items()}
        self._trainers = {str(one.id): one for one in trainers.choices(date)}
        self.trainers.choices = {key: _known_as(one) for key, one in self._trainers.items()}
        opened, self.seen.data = self.seen.data, date.updated_at.isoformat()
        self.is_stale = self.is_submitted() and opened != self.seen.data

    def show(self) -> None:
        date = self._date
        for name in ("format", "room", "platform", "join_link", "capacity", "before_you_come"):
            self[name].data = getattr(date, name)
        self.venue.data = date.venue_id
        self.trainers.data = [str(trainer.id) for trainer in date.trainers]
        if date.closes_at:
            shown = clock.london(date.closes_at)
            self["closes_on"].data, self["closes_at"].data = shown.date(), shown.time()

    @property
    def errors(self) -> dict[str, Sequence[str]]:
        """Those of the days first, as on the page."""
        return {**(self.days.errors if self.days else {}), **super().errors}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name in OF_A_BUILDING if self.format.data == Format.ONLINE else OF_A_MEETING:
            self[name].errors = []  # nobody asked
        if self.closes_on.data and self.closes_at.data is None and not self.closes_at.errors:
            self.closes_at.errors = ["Enter the time at which booking closes"]
        if self.closes_at.data and self.closes_on.data is None and not self.closes_on.errors:
            self.closes_on.errors = ["Enter the day on which booking closes"]
        if self.days:
            self.days.validate()
        return not self.errors

    def refuse(self, refusal: Refused) -> None:
        """Say beside its field what the service would not have."""
        field: Field = self.capacity
        if isinstance(refusal, ClosingRefused):
            field = self.closes_on
        if isinstance(refusal, DaysRefused) and self.days:
            field = self.days.rows[0].day
        field.errors = [str(refusal)]

    def arrangements(self) -> Arrangements:
        capacity = self.capacity.data
        return Arrangements(
            days=self.days.spans if self.days else arrangements.of(self._date).days,
            format=Format(self.format.data),
            venue=self._venues.get(self.venue.data),
            capacity=int(capacity) if capacity else None,
            room=self.room.data,
            platform=self.platform.data,
            join_link=self.join_link.data,
            before_you_come=self.before_you_come.data,
            closes_at=moment_of(self.closes_on, self.closes_at) if self.closes_on.data else None,
        )

    def chosen_trainers(self) -> list[Organiser]:
        return [self._trainers[key] for key in self.trainers.data if key in self._trainers]


@bp.route("/dates/<int:date_id>/details", methods=["GET", "POST"])
def details(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    form = DetailsForm()
    if form.is_submitted():
        # Before it is asked whether somebody changed it: of two who save at once, one comes first.
        places.hold(date)
    if date.state is DateState.CANCELLED:
        raise Refused(arrangements.CANCELLED)
    was_postponed = date.state is DateState.POSTPONED
    form.fit(date, now)
    if form.validate_on_submit() and not form.is_stale:
        try:
            told = arrangements.arrange(date, form.arrangements(), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            trainers.set_trainers(date, form.chosen_trainers(), now=now)
            is_back = was_postponed and date.state is DateState.PUBLISHED
            done = "published a date again" if is_back else "changed a date"
            audit.record(identity.me(), done, course_date=date, now=now)
            db.session.commit()
            flash(saved(told), "success")
            return redirect(url_for(".attendees", date_id=date.id))
    elif not form.is_submitted():
        form.show()
    return render_template("organiser/details.html", date=date, form=form, places=places.of(date))


def saved(told: int) -> str:
    if not told:
        return "Your changes are kept."
    return f"Your changes are kept. We have written to {counted(told, 'person', 'people')}."


def _known_as(organiser: Organiser) -> str:
    return f"{organiser.name} ({organiser.email})" if organiser.name else organiser.email
