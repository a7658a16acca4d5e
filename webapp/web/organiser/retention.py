"""How long records are kept: the form of these settings, and what is due to be forgotten."""

from flask import render_template
from wtforms import StringField

from webapp import clock
from webapp.services import retention as records
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.checks import between
from webapp.web.organiser.setting_forms import SHORT

BOOKINGS = "Years we keep bookings after a date"
NEEDS = "Days we keep access needs after a date"
MANAGERS = "Days we keep line managers after a date"
EVALUATIONS = "Years we keep what people wrote of a training"
MAILS = "Days we keep the text of a mail"
AUDIT = "Years we keep the audit log"
INTERESTS = "Years we keep who is interested in a course"
NEWS = "Days we keep a reading of the news"
ATTEMPTS = "Days we keep counted tries"
# In the order of the page: the column, its label, the least, the most, and what else is to say.
KEPT = {
    "booking_years": (BOOKINGS, 1, 25),
    "access_needs_days": (NEEDS, 0, 365),
    "manager_days": (MANAGERS, 1, 1095),
    "evaluation_years": (EVALUATIONS, 1, 25),
    "mail_days": (MAILS, 1, 365),
    "audit_years": (AUDIT, 1, 25),
    "interest_years": (INTERESTS, 1, 10),
    "news_days": (NEWS, 30, 1095),
    "attempt_days": (ATTEMPTS, 1, 30),
}


def number(name: str, hint: str | None = None) -> StringField:
    label, least, most = KEPT[name]
    asked = f"From {least} to {most}."
    return fields.line(
        label,
        f"Enter the {label[:1].lower()}{label[1:]}",
        hint=f"{hint} {asked}" if hint else asked,
        width=SHORT,
    )


class KeepingForm(Form):
    booking_years = number(
        "booking_years",
        "Then a booking loses its person, and to whom our mails went goes, too. The seat is still"
        " counted, with the agency, and whether somebody came.",
    )
    access_needs_days = number("access_needs_days")
    manager_days = number(
        "manager_days", "Long enough to ask when somebody did not come. Mails to them go as well."
    )
    evaluation_years = number("evaluation_years", "The points stay, which name nobody.")
    mail_days = number(
        "mail_days",
        "Also of what you write to the people of a date. A draft of that goes so long after the"
        " date.",
    )
    audit_years = number("audit_years", "The day on which a rule was changed stays.")
    interest_years = number(
        "interest_years", "From the day they asked. Withdrawn, it goes at once."
    )
    news_days = number(
        "news_days", "The last look at a page stays, and whatever waits for your answer."
    )
    attempt_days = number(
        "attempt_days", "Tries to sign in, or to have mail sent, without who it was."
    )


for _name, (_label, _least, _most) in KEPT.items():
    setattr(KeepingForm, f"validate_{_name}", staticmethod(between(_least, _most, _label)))


@bp.get("/retention", endpoint="retention")
def due() -> str:
    found = records.due(now=clock.now())
    return render_template("organiser/retention.html", found=found)
