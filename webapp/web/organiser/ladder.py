"""What follows a missed place, step by step, as administrators choose it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from webapp import clock
from webapp.db import db
from webapp.models import LadderStep, Step
from webapp.services import audit, ladder, partnership, undoing
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.setting_forms import SHORT

TITLE = "Missed places"
MISSES, MONTHS = "Missed places that lead to", "Months that count for"
MOST = {MISSES: 20, MONTHS: 36}
# Until somebody says otherwise.
A_YEAR = 12


@dataclass(frozen=True)
class Rung:
    """A step as the page tells of it."""

    title: str
    what: str


RUNGS = {
    Step.PERSON: Rung(
        "The note to the person",
        "It is kind, says how to pass a place on, and asks whether there was a reason.",
    ),
    Step.MANAGER: Rung(
        "The letter to the line manager",
        "To the manager named on the booking. It says who missed what and how often, and nothing"
        " else of them.",
    ),
    Step.LEAD: Rung(
        "The letter to the agency",
        "To whoever leads on training there, where the list of agencies names somebody: about"
        " people of that agency alone, and no more than the manager is told.",
    ),
    Step.APPROVAL: Rung(
        "Your approval of further bookings",
        "What they book then waits until an organiser has allowed it. The mail tells them so, and"
        " the page where they book does not. Whom an organiser adds needs no approval.",
    ),
}


def _number(what: str, step: Step) -> StringField:
    title = RUNGS[step].title
    label = f"{what} {title[:1].lower()}{title[1:]}"
    hint = "0 for never." if what is MISSES else ""
    return fields.line(label, f"Enter the {label.lower()}", hint=hint, width=SHORT)


class LadderForm(Form):
    """Two numbers for each step."""

    person_misses, person_months = _number(MISSES, Step.PERSON), _number(MONTHS, Step.PERSON)
    manager_misses, manager_months = _number(MISSES, Step.MANAGER), _number(MONTHS, Step.MANAGER)
    approval_misses, approval_months = (
        _number(MISSES, Step.APPROVAL),
        _number(MONTHS, Step.APPROVAL),
    )
    lead_misses, lead_months = _number(MISSES, Step.LEAD), _number(MONTHS, Step.LEAD)
    approval_misses = _number(MISSES, Step.APPROVAL)
    approval_months = _number(MONTHS, Step.APPROVAL)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for step in RUNGS:
            for field, least, most in zip(self.of(step), (0, 1), MOST.values(), strict=True):
                said = field.data or ""
                fits = said.isascii() and said.isdecimal() and least <= int(said[:9]) <= most
                if not fits and not field.errors:
                    field.errors = [f"{field.label.text} must be a number from {least} to {most}"]
                    fine = False
        return fine

    def show(self, steps: Sequence[LadderStep]) -> None:
        there = {one.step: one for one in steps}
        for step in RUNGS:
            misses, months = self.of(step)
            misses.data = str(there[step].misses if step in there else 0)
            months.data = str(there[step].months if step in there else A_YEAR)

    def of(self, step: Step) -> tuple[StringField, StringField]:
        return self[f"{step}_misses"], self[f"{step}_months"]

    def chosen(self) -> dict[Step, tuple[int, int]]:
        return {step: (int(misses.data), int(months.data)) for step, (misses, months) in self.all()}

    def all(self) -> list[tuple[Step, tuple[StringField, StringField]]]:
        return [(step, self.of(step)) for step in RUNGS]


@bp.route("/settings/missed-places", methods=["GET", "POST"], endpoint="ladder")
def choose_ladder() -> ResponseReturnValue:
    form, ours, now = LadderForm(), partnership.get(), clock.now()
    if form.validate_on_submit():
        was = undoing.look(ours, now=now)
        ladder.change(ours, form.chosen(), now=now)
        line = audit.record(identity.me(), "changed the settings", detail=TITLE, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("Your changes are kept.", "success")
        return redirect(url_for(".ladder"))
    if not form.is_submitted():
        form.show(ours.ladder)
    return render_template(
        "organiser/ladder.html",
        title=TITLE,
        form=form,
        rungs=RUNGS,
        letters={**ladder.LETTERS, Step.APPROVAL: "approval_asked"},
        on=ladder.steps(ours),
    )
