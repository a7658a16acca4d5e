"""The audit log, for administrators."""

from datetime import date
from typing import Any

from flask import render_template, request, url_for

from webapp.services import audit as log
from webapp.services import organisers
from webapp.services.audit import Filters
from webapp.web.fields import Form, choice, line
from webapp.web.organiser.blueprint import bp

NOT_A_DAY = "Enter a real day, such as 17 April 2025"


def day(label: str) -> Any:
    return line(label, width="govuk-input--width-10", type="date", autocomplete="off")


class AuditForm(Form):
    organiser = choice("Organiser")
    first = day("From")
    last = day("To")

    def day(self, name: str) -> date | None:
        """What was typed as a day; otherwise the field says that it is none."""
        field = self[name]
        if not field.data:
            return None
        try:
            found = date.fromisoformat(field.data)
        except ValueError:
            found = date.min
        if 2000 <= found.year < 3000:
            return found
        field.errors = [NOT_A_DAY]
        return None


@bp.get("/audit")
def audit() -> str:
    form = AuditForm(request.args, meta={"csrf": False})
    form.organiser.choices = {one.id: str(one) for one in organisers.everybody()}
    form.validate()
    filters = Filters(form.organiser.data, form.day("first"), form.day("last"))
    found = log.lines(filters, request.args.get("page", 1, type=int))

    def again(page: int) -> str:
        return url_for(
            ".audit",
            organiser=form.organiser.data,
            first=form.first.data,
            last=form.last.data,
            page=page,
        )

    return render_template("organiser/audit.html", form=form, found=found, again=again)
