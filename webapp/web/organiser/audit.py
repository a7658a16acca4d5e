"""The audit log, for administrators."""

from datetime import date
from typing import Any

from flask import Response, redirect, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from webapp.formats import audit_log, spreadsheet
from webapp.services import audit as log
from webapp.services import organisers
from webapp.services.audit import Filters
from webapp.web.fields import Form, choice, line
from webapp.web.organiser import watch
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp

NOT_A_DAY = "Enter a real day, such as 17 April 2025"


def day(label: str) -> Any:
    return line(label, width="govuk-input--width-10", type="date", autocomplete="off")


class AuditForm(Form):
    organiser = choice("Organiser")
    first = day("From")
    last = day("To")
    what = line("What was done", autocomplete="off")

    def filters(self) -> Filters:
        """What is asked for; of what makes no sense, the field says so."""
        what = self.what.data if not self.what.errors else None
        return Filters(self.organiser.data, self.day("first"), self.day("last"), what)

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
    form = asked()
    found = log.lines(form.filters(), page_number())
    again = same_list("organiser", "first", "last", "what")
    return render_template("organiser/audit.html", form=form, found=found, again=again)


@bp.get("/audit.csv")
def audit_csv() -> ResponseReturnValue:
    form = asked()
    filters = form.filters()
    if form.errors:
        return redirect(same_list("organiser", "first", "last", "what")(".audit"))
    watch.saw("downloaded the audit log", detail="CSV")
    pieces = stream_with_context(audit_log.csv_pieces(log.all_lines(filters)))
    answer = Response(pieces, mimetype=spreadsheet.CSV_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename="audit-log.csv")
    return answer


def asked() -> AuditForm:
    form = AuditForm(request.args, meta={"csrf": False})
    form.organiser.choices = {one.id: str(one) for one in organisers.everybody()}
    form.validate()
    return form
