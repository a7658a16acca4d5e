"""Places of a date that are held for sectors, as organisers say how many and until when."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import CourseDate, Sector
from webapp.services import (
    agencies,
    audit,
    course_dates,
    held_places,
    partnership,
    places,
    undoing,
)
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import MOST_PLACES
from webapp.web.organiser.setting_forms import HELD_DAYS, SHORT, between


class HeldForm(Form):
    """A number for each sector, and below them until when."""

    held_days: StringField

    validate_held_days = staticmethod(between(0, 365, HELD_DAYS))

    @property
    def numbers(self) -> list[StringField]:
        """One for each sector, called by its id."""
        return [field for field in self if field.name.startswith("sector-")]

    @property
    def held(self) -> list[tuple[int, int]]:
        return [
            (int(field.name.removeprefix("sector-")), int(field.data or 0))
            for field in self.numbers
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for field in self.numbers:
            said = field.data or "0"
            if not (said.isascii() and said.isdecimal() and int(said[:9]) <= MOST_PLACES):
                what = f"Places for {field.label.text}"
                field.errors = [f"{what} must be a number from 0 to {MOST_PLACES:,}"]
                fine = False
        return fine

    def show(self, date: CourseDate, days: int) -> None:
        self.held_days.data = str(days if date.held_days is None else date.held_days)
        for sector_id, number in date.held:
            self[f"sector-{sector_id}"].data = str(number)

    def refuse(self, refusal: Refused) -> None:
        field = next((one for one in self.numbers if one.data), self.held_days)
        field.errors = [str(refusal)]


@bp.route("/dates/<int:date_id>/held-places", methods=["GET", "POST"], endpoint="held_places")
def hold(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    if why_not := held_places.why_not(date, now):
        raise Refused(why_not)
    form = _form(agencies.sectors())
    if form.validate_on_submit():
        was = undoing.look(date, now=now)
        try:
            held_places.hold(date, form.held, int(form.held_days.data), now=now)
        except held_places.HeldRefused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            line = audit.record(identity.me(), "held places for sectors", course_date=date, now=now)
            undo.offer(was, line, now=now)
            db.session.commit()
            flash("Your changes are kept.", "success")
            return redirect(url_for(".attendees", date_id=date.id))
    elif not form.is_submitted():
        form.show(date, partnership.get().held_days)
    return render_template(
        "organiser/held_places.html", date=date, form=form, places=places.of(date, now)
    )


def _form(sectors: Sequence[Sector]) -> HeldForm:
    asked = {f"sector-{one.id}": fields.line(one.name, width=SHORT) for one in sectors}
    asked["held_days"] = fields.line(
        HELD_DAYS,
        f"Enter the {HELD_DAYS.lower()}",
        hint="At 9am on that day. What is free then is offered to whoever waits.",
        width=SHORT,
    )
    form: HeldForm = type("HeldForm", (HeldForm,), asked)()
    return form
