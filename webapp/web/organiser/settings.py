"""What the partnership says of itself and the rules it chose, in groups; for administrators."""

import re
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import StopValidation

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound
from webapp.formats import theme
from webapp.services import audit, partnership, undoing, venues
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import web_address

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
# WCAG 2.2, 1.4.3: for text.
READABLE = 4.5
SHORT = "govuk-input--width-5"
MAIL_DAYS = "Days we keep the text of a mail"
NEEDS_DAYS = "Days we keep access needs after a date"
BOOKING_YEARS = "Years we keep bookings"
REGISTER_DAYS = "Days after a date on which its register can be marked"
JOINING_DAYS = "Days before a date when joining instructions go out"


def _colour(form: Form, field: StringField) -> None:
    said = field.data or ""
    if not COLOUR.fullmatch(said):
        raise StopValidation("Enter the colour as # and six digits, such as #00594c")
    ratio = theme.contrast(said.lower(), theme.WHITE)
    if ratio < READABLE:
        raise StopValidation(
            f"White text on {said} is hard to read: its contrast is {ratio:.1f} to 1,"
            f" and {READABLE} is the least. Choose a darker colour"
        )


def _between(least: int, most: int, called: str) -> Callable[[Form, StringField], None]:
    def check(form: Form, field: StringField) -> None:
        said = str(field.data or "")
        if not (said.isascii() and said.isdecimal() and least <= int(said[:9]) <= most):
            raise StopValidation(f"{called} must be a number from {least} to {most}")

    return check


class NameForm(Form):
    name = fields.line("Name of the partnership", "Enter the name of the partnership")
    service_name = fields.line(
        "Name of this service", "Enter the name of this service", hint="In the title of every page."
    )
    area = fields.line("Area", "Enter the area", hint="Such as York.")
    website_url = fields.line("Website", "Enter the address of your website", most=500)
    news_url = fields.line("News page", "Enter the address of your news page", most=500)
    accent_colour = fields.line(
        "Colour",
        "Enter a colour",
        hint="For the strip at the top of every page, such as #00594c. White text stands on it.",
        width="govuk-input--width-10",
    )

    validate_website_url = staticmethod(web_address)
    validate_news_url = staticmethod(web_address)
    validate_accent_colour = staticmethod(_colour)


class ContactForm(Form):
    contact_name = fields.line(
        "Who answers", "Enter who answers", hint="Mails are signed with this name."
    )
    contact_email = fields.email(
        "Email address",
        "Enter an email address",
        hint="Answers to our mails go there. Calendar invitations come from it, unless this"
        " installation sets another: some calendars then ignore changes from a new address, so"
        " change it while few dates are coming.",
    )
    contact_phone = fields.phone(
        "Phone number", "Enter a phone number", width="govuk-input--width-20"
    )
    contact_address = fields.line("Postal address", "Enter a postal address", most=500)


class WhoForm(Form):
    who_may_come = fields.paragraphs("Who may come", "Enter who may come", most=500)
    cost = fields.line("What it costs", "Enter what it costs", hint="Such as Free.")


class RulesForm(Form):
    offer_hours = fields.line(
        "Hours an offered place is kept",
        "Enter the number of hours",
        hint="A freed place is kept this long for the next in line, and never past the start.",
        width=SHORT,
    )

    validate_offer_hours = staticmethod(_between(1, 336, "Hours"))


class DatesForm(Form):
    register_days = fields.line(
        REGISTER_DAYS,
        f"Enter the {REGISTER_DAYS.lower()}",
        hint="After that somebody has to reopen it, and say why.",
        width=SHORT,
    )
    joining_days = fields.line(
        JOINING_DAYS,
        f"Enter the {JOINING_DAYS.lower()}",
        hint="They go by themselves, at 9am. What would go at a weekend goes on the Friday before.",
        width=SHORT,
    )
    certificate_after_evaluation = fields.tick(
        "A certificate waits until its holder has answered what the training was like"
    )

    validate_register_days = staticmethod(_between(1, 90, REGISTER_DAYS))
    validate_joining_days = staticmethod(_between(1, 30, JOINING_DAYS))


class DataForm(Form):
    data_controller = fields.line("Data controller", "Enter the data controller")
    data_protection_email = fields.email(
        "Email address for questions about data", "Enter an email address"
    )
    mail_days = fields.line(
        MAIL_DAYS,
        f"Enter the {MAIL_DAYS.lower()}",
        hint="Also of what you write to the people of a date. A draft of that goes so long after"
        " the date.",
        width=SHORT,
    )
    access_needs_days = fields.line(NEEDS_DAYS, f"Enter the {NEEDS_DAYS.lower()}", width=SHORT)
    booking_years = fields.line(
        BOOKING_YEARS,
        f"Enter the {BOOKING_YEARS.lower()}",
        hint="So long after a date we also keep what people wrote about the training, of which the"
        " figures stay, and a draft of a date that was never published.",
        width=SHORT,
    )

    validate_mail_days = staticmethod(_between(1, 365, MAIL_DAYS))
    validate_access_needs_days = staticmethod(_between(0, 365, NEEDS_DAYS))
    validate_booking_years = staticmethod(_between(1, 25, BOOKING_YEARS))


NUMBERS = {
    "offer_hours",
    "register_days",
    "joining_days",
    "mail_days",
    "access_needs_days",
    "booking_years",
}
GROUPS: dict[str, tuple[str, type[Form]]] = {
    "partnership": ("The partnership", NameForm),
    "contact": ("Whom to ask", ContactForm),
    "who": ("Who may come", WhoForm),
    "rules": ("Offered places", RulesForm),
    "dates": ("Before and after a date", DatesForm),
    "data": ("Personal data", DataForm),
}


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    groups = [(group, title, form(formdata=None)) for group, (title, form) in GROUPS.items()]
    return render_template("organiser/settings.html", groups=groups, venues=venues.everywhere())


@bp.route("/settings/<group>", methods=["GET", "POST"])
def settings_group(group: str) -> ResponseReturnValue:
    if group not in GROUPS:
        raise NotFound("There are no such settings.")
    title, make = GROUPS[group]
    ours = partnership.get()
    form = make(obj=None if request.method == "POST" else ours)
    if form.validate_on_submit():
        facts: dict[str, Any] = {
            field.name: int(field.data) if field.name in NUMBERS else field.data
            for field in form
            if field.name != "csrf_token"
        }
        now = clock.now()
        was = undoing.look(ours, now=now)
        partnership.change(ours, facts, settled=facts.keys(), now=now)
        line = audit.record(identity.me(), "changed the settings", detail=title, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("Your changes are kept.", "success")
        return redirect(url_for(".settings"))
    return render_template("organiser/settings_group.html", title=title, form=form)
