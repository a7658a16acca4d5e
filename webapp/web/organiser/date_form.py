"""What is asked of a date, new or known: days, where it is held, places, booking and agenda."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import Field, SelectChoice, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput

from webapp import clock
from webapp.errors import Refused
from webapp.formats.words import FORMATS, counted
from webapp.models import CourseDate, DateState, Format, Organiser, Venue
from webapp.services import agendas, arrangements, trainers, venues
from webapp.services.arrangements import (
    Arrangements,
    ClosingRefused,
    DaysRefused,
    MinimumRefused,
    OpeningRefused,
)
from webapp.services.venues import NameTaken, Whereabouts
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.agenda import AgendaField
from webapp.web.organiser.checks import between, if_said, web_address
from webapp.web.organiser.days import Days
from webapp.web.organiser.moments import DayField, TimeField, moment_of
from webapp.web.organiser.setting_forms import CUT_OFF, SHORT

WIDE = "govuk-!-width-two-thirds"
MOST_PLACES = 10_000
HELD = [SelectChoice(held.value, said) for held, said in FORMATS.items()]
# What only makes sense in a building, and what only makes sense online.
OF_A_BUILDING = ("venue", "room", "new_venue", "new_address")
OF_A_MEETING = ("platform", "join_link")
# Fields that hold what the date holds under the same name.
SAME = (
    "format",
    "room",
    "platform",
    "join_link",
    "capacity",
    "minimum",
    "cut_off_days",
    "before_you_come",
)


class DateForm(Form):
    format = fields.radios("How it is held", "Choose how it is held", HELD)
    venue = fields.choice("Venue (optional)")
    room = fields.line("Room (optional)", width=WIDE, list="rooms")
    new_venue = fields.line("Name of the new venue", width=WIDE)
    new_address = fields.paragraphs("Its address", most=500, hint="One line each.")
    platform = fields.line("Platform (optional)", hint="Such as Microsoft Teams.", width=WIDE)
    join_link = fields.line(
        "Link to join (optional)",
        most=2000,
        hint="Only people with a place see it: in their mail, their calendar and on their page.",
    )
    capacity = fields.line(
        "Places (optional)",
        hint="Leave it empty if as many as like can come.",
        width="govuk-input--width-4",
    )
    minimum = fields.line(
        "Minimum (optional)",
        hint="With fewer it is not worth holding: we remind you while there are not so many.",
        width="govuk-input--width-4",
    )
    opens_on = DayField(
        "Booking opens on (optional)", description="Leave it empty to open at once."
    )
    opens_at = TimeField("Booking opens at (optional)", description="Such as 9am.")
    closes_on = DayField(
        "Booking closes on (optional)", description="Leave it empty to close at the start."
    )
    closes_at = TimeField("Booking closes at (optional)", description="Such as midday or 5pm.")
    cut_off_days = fields.line(
        f"{CUT_OFF} (optional)",
        hint="Leave it empty for what the settings say. 0 lets them cancel until it starts.",
        width=SHORT,
    )
    before_you_come = fields.paragraphs("Before you come (optional)", most=2000)
    agenda = AgendaField("Agenda (optional)")
    trainers = SelectMultipleField(
        "Trainers",
        description="They have the date in the calendar of their own. Nobody is written to.",
        validate_choice=False,
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )

    validate_capacity = staticmethod(if_said(between(1, MOST_PLACES, "Places")))
    validate_minimum = staticmethod(if_said(between(1, MOST_PLACES, "Minimum")))
    validate_cut_off_days = staticmethod(if_said(between(0, 14, CUT_OFF)))
    validate_join_link = staticmethod(web_address)

    def fit(self, date: CourseDate, now: datetime) -> None:
        """Offer what there is to choose from; days that cannot be moved have no rows."""
        self._date = date
        is_draft = date.state is DateState.DRAFT
        fixed = date.state is DateState.HELD_BACK or (date.is_past(now) and not is_draft)
        self.days = None if fixed else Days(date, now, sent=self.is_submitted())
        self._venues = {venue.id: venue for venue in venues.everywhere()}
        # What the browser proposes while a room is typed.
        self.rooms = sorted({room for place in self._venues.values() for room in place.room_names})
        self.venue.choices = {key: place.one_line for key, place in self._venues.items()}
        self._trainers = {str(one.id): one for one in trainers.choices(date)}
        self.trainers.choices = {key: _known_as(one) for key, one in self._trainers.items()}

    def show(self) -> None:
        date = self._date
        for name in SAME:
            self[name].data = getattr(date, name)
        self.venue.data = date.venue.id if date.venue else None
        self.agenda.data = agendas.of(date)
        self.trainers.data = [str(trainer.id) for trainer in date.trainers]
        for name in ("opens", "closes"):
            if moment := getattr(date, f"{name}_at"):
                shown = clock.london(moment)
                self[f"{name}_on"].data, self[f"{name}_at"].data = shown.date(), shown.time()

    @property
    def errors(self) -> dict[str, Sequence[str]]:
        """Those of the days first, as on the page."""
        return {**(self.days.errors if self.days else {}), **super().errors}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name in OF_A_BUILDING if self.format.data == Format.ONLINE else OF_A_MEETING:
            self[name].errors = []  # nobody asked
        for name in ("opens", "closes"):
            self._complete(self[f"{name}_on"], self[f"{name}_at"], name)
        if self.has_new_venue:
            self._check_new_venue()
        if not self.days or self.days.validate():
            self._check_agenda()
        return not self.errors

    def _check_agenda(self) -> None:
        """No line may be of a day that is not there; while there is no day at all, any may be."""
        there = len(self.days.spans if self.days else arrangements.of(self._date).days)
        planned = max((line.day for line in self.agenda.data or []), default=0)
        if 0 < there < planned and not self.agenda.errors:
            self.agenda.errors = [
                f"The agenda has a day {planned}, and the date has {counted(there, 'day')} only."
                " Add the day above, or take its lines out"
            ]

    def _complete(self, on: Field, at: Field, what: str) -> None:
        if on.data and at.data is None and not at.errors:
            at.errors = [f"Enter the time at which booking {what}"]
        if at.data and on.data is None and not on.errors:
            on.errors = [f"Enter the day on which booking {what}"]

    @property
    def has_new_venue(self) -> bool:
        typed = self.new_venue.data or self.new_address.data
        return bool(typed) and self.format.data != Format.ONLINE

    def _check_new_venue(self) -> None:
        if not self.new_venue.data:
            self.new_venue.errors = ["Enter the name of the new venue"]
        elif self.new_venue.data in {place.name for place in self._venues.values()}:
            self.new_venue.errors = ["There is a venue of this name already. Choose it above"]
        elif not self.new_address.data and not self.new_address.errors:
            self.new_address.errors = ["Enter the address of the new venue"]

    def refuse(self, refusal: Refused) -> None:
        """Say beside its field what the service would not have."""
        named = {
            ClosingRefused: self.closes_on,
            OpeningRefused: self.opens_on,
            MinimumRefused: self.minimum,
            NameTaken: self.new_venue,
        }
        field: Field = named.get(type(refusal), self.capacity)
        if isinstance(refusal, DaysRefused) and self.days:
            field = self.days.rows[0].day
        field.errors = [str(refusal)]

    def arrangements(self, now: datetime) -> Arrangements:
        """What was typed; a venue that is new is not kept before the date is."""
        return Arrangements(
            days=self.days.spans if self.days else arrangements.of(self._date).days,
            format=Format(self.format.data),
            venue=self._new_venue(now) if self.has_new_venue else self._venues.get(self.venue.data),
            capacity=_whole(self.capacity),
            room=self.room.data,
            platform=self.platform.data,
            join_link=self.join_link.data,
            before_you_come=self.before_you_come.data,
            closes_at=moment_of(self.closes_on, self.closes_at) if self.closes_on.data else None,
            minimum=_whole(self.minimum),
            cut_off_days=_whole(self.cut_off_days),
            opens_at=moment_of(self.opens_on, self.opens_at) if self.opens_on.data else None,
            held=self._date.held,  # asked on a page of their own
            held_days=self._date.held_days,
            prefers_missing=self._date.prefers_missing,
        )

    def _new_venue(self, now: datetime) -> Venue:
        lines = [line.strip() for line in self.new_address.data.splitlines()]
        address = [line for line in lines if line]
        said = Whereabouts(self.new_venue.data, address, None, None, None)
        return venues.new(said, now=now)

    def chosen_trainers(self) -> list[Organiser]:
        return [self._trainers[key] for key in self.trainers.data if key in self._trainers]


def _whole(field: StringField) -> int | None:
    return int(field.data) if field.data else None


def _known_as(organiser: Organiser) -> str:
    return f"{organiser.name} ({organiser.email})" if organiser.name else organiser.email
