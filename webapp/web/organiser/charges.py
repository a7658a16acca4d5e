"""What is charged for places given up late and for absence, and each month's list of it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import StopValidation

from webapp import clock
from webapp.db import db
from webapp.formats import charges as tables
from webapp.formats import spreadsheet
from webapp.formats.charges import Entry
from webapp.formats.months import Month
from webapp.formats.words import counted
from webapp.models import Length, Sector, Tariff
from webapp.models.charges import EVERYBODY
from webapp.services import agencies, audit, charges
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.files import attached
from webapp.web.organiser import identity, watch
from webapp.web.organiser.blueprint import bp

TITLE = "Charges"
LENGTHS = {
    Length.HALF_DAY: "Up to 4 hours",
    Length.DAY: "A day",
    Length.SEVERAL_DAYS: "Several days",
}
POUNDS = re.compile(r"£? ?([0-9]{1,4}(?:[.][0-9]{2})?)")
AMOUNT = "amount_"
# How many months back, and ahead, can be chosen.
BACK, AHEAD = 18, 3


def _in_pounds(form: Form, field: StringField) -> None:
    if field.data and not POUNDS.fullmatch(field.data):
        raise StopValidation(f"{field.label.text} must be an amount in pounds, such as 50 or 49.50")


class ChargesForm(Form):
    for_late = fields.tick("A place that is given up late")
    for_absence = fields.tick("A place that stayed empty")

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        ticked = self.for_late if self.for_late.data else self.for_absence
        if ticked.data and not any(one.data for one in self if one.name.startswith(AMOUNT)):
            ticked.errors = ["Enter an amount, or untick what is charged"]
            fine = False
        return fine

    def show(self, tariff: Tariff | None) -> None:
        if tariff is None:
            return
        self.for_late.data, self.for_absence.data = tariff.for_late, tariff.for_absence
        for whose, lengths in tariff.amounts.items():
            for length, pence in lengths.items():
                if (name := _name(whose, length)) in self:
                    self[name].data = tables.pounds(pence).removeprefix("£").replace(",", "")

    def amounts(self, sectors: Sequence[Sector]) -> dict[str, dict[str, int]]:
        """In pence; what is left empty is not there."""
        found: dict[str, dict[str, int]] = {}
        for whose in _rows(sectors):
            said = {str(length): self[_name(whose, length)].data for length in LENGTHS}
            found[whose] = {length: _pence(text) for length, text in said.items() if text}
        return found


@bp.route("/settings/charges", methods=["GET", "POST"])
def charge_settings() -> ResponseReturnValue:
    now, sectors = clock.now(), agencies.sectors()
    form = _form(sectors)
    if form.validate_on_submit():
        charges.change(
            for_late=form.for_late.data,
            for_absence=form.for_absence.data,
            amounts=form.amounts(sectors),
            now=now,
        )
        audit.record(identity.me(), "changed the settings", detail=TITLE, now=now)
        db.session.commit()
        flash("Your changes are kept.", "success")
        return redirect(url_for(".settings"))
    if not form.is_submitted():
        form.show(charges.in_force(now))
    return render_template(
        "organiser/charge_settings.html",
        form=form,
        rows=_rows(sectors),
        lengths=LENGTHS,
        name=_name,
    )


@bp.get("/charges", endpoint="charges")
def charges_of_month() -> ResponseReturnValue:
    month, entries = _asked()
    page = render_template(
        "organiser/charges.html",
        month=month,
        months=_months(month),
        entries=entries,
        total=sum(entry.pence for entry in entries),
    )
    watch.saw("saw the charges", detail=str(month))
    return page


@bp.get("/charges.csv")
def charges_csv() -> Response:
    month, entries = _asked()
    _record(month, entries, "CSV")
    body = tables.to_csv(entries, emails=_with_emails())
    return attached(body, spreadsheet.CSV_TYPE, tables.file_name(month, "csv"))


@bp.get("/charges.xlsx")
def charges_xlsx() -> Response:
    month, entries = _asked()
    _record(month, entries, "spreadsheet")
    body = tables.to_xlsx(month, entries, emails=_with_emails(), made_at=clock.now())
    return attached(body, spreadsheet.XLSX_TYPE, tables.file_name(month, "xlsx"))


def _asked() -> tuple[Month, Sequence[Entry]]:
    """The month before this one, unless the address says otherwise."""
    month = Month.read(request.args.get("month")) or Month.of(clock.now()).previous
    return month, charges.of_month(month)


def _with_emails() -> bool:
    return request.args.get("emails") == "yes"


def _record(month: Month, entries: Sequence[Entry], kind: str) -> None:
    detail = f"{month}, {counted(len(entries), 'booking')}, {kind}"
    if _with_emails():
        detail += ", with email addresses"
    watch.saw("downloaded the charges", detail=detail)


def _months(chosen: Month) -> list[Month]:
    month = Month.of(clock.now())
    for _ in range(AHEAD):
        month = month.next
    found = {chosen}
    for _ in range(BACK + AHEAD):
        found.add(month)
        month = month.previous
    return sorted(found, reverse=True)


def _form(sectors: Sequence[Sector]) -> ChargesForm:
    """With a field for each kind of organisation and length."""
    asked: dict[str, Any] = {}
    for whose, title in _rows(sectors).items():
        for length, words in LENGTHS.items():
            name = _name(whose, length)
            asked[name] = fields.line(f"{title}, {words[:1].lower()}{words[1:]}")
            asked[f"validate_{name}"] = staticmethod(_in_pounds)
    return cast("ChargesForm", type("ChargesForm", (ChargesForm,), asked)())


def _rows(sectors: Sequence[Sector]) -> dict[str, str]:
    return {EVERYBODY: "All kinds of organisation"} | {str(one.id): one.name for one in sectors}


def _name(whose: str, length: str) -> str:
    return f"{AMOUNT}{whose}_{length}"


def _pence(text: str) -> int:
    found = POUNDS.fullmatch(text)
    assert found is not None
    return int(Decimal(found[1]) * 100)
