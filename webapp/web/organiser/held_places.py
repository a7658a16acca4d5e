"""Places of a date that are held for sectors, as organisers say how many and until when; and whom
the places go to first that come free."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectChoice, StringField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import CourseDate, Partnership
from webapp.services import (
    agencies,
    audit,
    course_dates,
    held_places,
    mixes,
    partnership,
    places,
    undoing,
)
from webapp.web import fields
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.checks import between
from webapp.web.organiser.date_form import MOST_PLACES
from webapp.web.organiser.sector_numbers import NumbersForm
from webapp.web.organiser.setting_forms import HELD_DAYS, SHORT

USUAL, MISSING, LONGEST = "usual", "missing", "longest"
PREFERS = {USUAL: None, MISSING: True, LONGEST: False}
IN_WORDS = {
    True: "Whoever waits from a sector below its aim, then whoever has waited longest",
    False: "Whoever has waited longest",
}
WHO_FIRST = "Who is offered a place first that comes free?"


class HeldForm(NumbersForm):
    most, what = MOST_PLACES, "Places"
    held_days: StringField
    first: RadioField

    validate_held_days = staticmethod(between(0, 365, HELD_DAYS))

    def show(self, date: CourseDate, ours: Partnership) -> None:
        self.show_numbers(dict(date.held))
        self.held_days.data = str(ours.held_days if date.held_days is None else date.held_days)
        self.first.data = next(
            key for key, value in PREFERS.items() if value is date.prefers_missing
        )


@bp.route("/dates/<int:date_id>/held-places", methods=["GET", "POST"], endpoint="held_places")
def hold(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    if why_not := held_places.why_not(date, now):
        raise Refused(why_not)
    ours = partnership.get()
    form = _form(ours)
    if form.validate_on_submit():
        was = undoing.look(date, now=now)
        try:
            held_places.hold(
                date,
                [(sector_id, number or 0) for sector_id, number in form.numbers.items()],
                int(form.held_days.data),
                prefers_missing=PREFERS[form.first.data],
                now=now,
            )
        except held_places.HeldRefused as refusal:
            db.session.rollback()
            form.put_on_first(str(refusal))
        else:
            line = audit.record(identity.me(), "held places for sectors", course_date=date, now=now)
            undo.offer(was, line, now=now)
            db.session.commit()
            flash("Your changes are kept.", "success")
            return redirect(url_for(".attendees", date_id=date.id))
    elif not form.is_submitted():
        form.show(date, ours)
    return render_template(
        "organiser/held_places.html",
        date=date,
        form=form,
        places=places.of(date, now),
        shares=mixes.of(date),
    )


def _form(ours: Partnership) -> HeldForm:
    usual = IN_WORDS[ours.prefers_missing]
    return HeldForm.of(
        agencies.sectors(),
        held_days=fields.line(
            HELD_DAYS,
            f"Enter the {HELD_DAYS.lower()}",
            hint="At 9am on that day. What is free then is offered to whoever waits.",
            width=SHORT,
        ),
        first=fields.radios(
            WHO_FIRST,
            "Choose who is offered a place first",
            [
                SelectChoice(USUAL, f"As on other dates: {usual[:1].lower()}{usual[1:]}"),
                SelectChoice(MISSING, IN_WORDS[True]),
                SelectChoice(LONGEST, IN_WORDS[False]),
            ],
        ),
    )
