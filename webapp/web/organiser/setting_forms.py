"""The forms of the settings, a group each: what may be said there."""

import re
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import CheckboxInput

from webapp.formats import theme
from webapp.formats.working_time import WEEKDAYS
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.checks import between, web_address
from webapp.web.organiser.moments import DaysField, TimeField

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
# WCAG 2.2, 1.4.3: for text.
READABLE = 4.5
SHORT = "govuk-input--width-5"
NO_BEGINNING = "Enter when work begins, such as 9am"
NO_END = "Enter when work ends, such as 5pm"
REGISTER_DAYS = "Days after a date on which its register can be marked"
OFFER_HOURS = "Working hours a freed place is kept for somebody"
FIRST_TO_TAKE = "Hours before the start when it is for whoever is first"
WORKING_DAYS = "Working days before a date"
CUT_OFF = "Days before a date until whose end people can cancel"
HELD_DAYS = "Days before a date when places held for sectors are open to all"
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


class WorkForm(Form):
    working_days = SelectMultipleField(
        "Days",
        [InputRequired("Tick at least one day")],
        description="Bank holidays in England do not count.",
        coerce=int,
        choices=[SelectChoice(number, name) for number, name in enumerate(WEEKDAYS)],
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )
    work_begins = TimeField("From")
    work_ends = TimeField("Until")

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        begins, ends = self.work_begins, self.work_ends
        for said, missing in ((begins, NO_BEGINNING), (ends, NO_END)):
            if said.data is None and not said.errors:
                said.errors = [missing]
        if begins.data and ends.data and begins.data >= ends.data:
            ends.errors = ["Enter a time after the one you begin"]
        return fine and not (begins.errors or ends.errors)


class OffersForm(Form):
    offer_hours = fields.line(
        OFFER_HOURS,
        f"Enter the {OFFER_HOURS.lower()}",
        hint="It waits so long for the answer of the next in line, then for the one after.",
        width=SHORT,
    )
    first_to_take_hours = fields.line(
        FIRST_TO_TAKE,
        f"Enter the {FIRST_TO_TAKE.lower()}",
        hint="Where an answer could come later than that, everybody who waits is told at once, and"
        " the first to take the place has it.",
        width=SHORT,
    )

    validate_offer_hours = staticmethod(between(1, 200, OFFER_HOURS))
    validate_first_to_take_hours = staticmethod(between(0, 336, FIRST_TO_TAKE))


class SectorsForm(Form):
    held_days = fields.line(
        HELD_DAYS,
        f"Enter the {HELD_DAYS.lower()}",
        hint="Where places of a date are held for sectors, this stands there at first.",
        width=SHORT,
    )

    prefers_missing = fields.tick(
        "Places that come free are offered first to sectors that are below their aim"
    )

    validate_held_days = staticmethod(between(0, 365, HELD_DAYS))


class CancellingForm(Form):
    cut_off_days = fields.line(
        CUT_OFF,
        f"Enter the {CUT_OFF.lower()}",
        hint="After that they can still say that they cannot come, and are asked why: it counts as"
        " late. 0 lets them cancel until it starts.",
        width=SHORT,
    )
    cut_off_working = fields.tick("Count only days on which people are at work")

    validate_cut_off_days = staticmethod(between(0, 14, CUT_OFF))


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

    validate_register_days = staticmethod(between(1, 90, REGISTER_DAYS))
    validate_joining_days = staticmethod(between(1, 30, JOINING_DAYS))


class RemindersForm(Form):
    reminder_days = DaysField(
        "Days before a date",
        most=60,
        description="At 9am, such as 14, 5. Leave it empty to send none.",
    )
    reminder_working_days = fields.line(
        WORKING_DAYS,
        f"Enter the {WORKING_DAYS.lower()}",
        hint="At 9am, once more: the last chance to pass a place on. 0 to send none.",
        width=SHORT,
    )
    reminds_online = fields.tick("On the morning of an online session, with the link to join")

    validate_reminder_working_days = staticmethod(between(0, 10, WORKING_DAYS))


class ManagersForm(Form):
    managers_told_since = fields.tick(
        "Write to line managers when one of their people has a place, when it moves and when they"
        " no longer have it"
    )


class DataForm(Form):
    data_controller = fields.line("Data controller", "Enter the data controller")
    data_protection_email = fields.email(
        "Email address for questions about data", "Enter an email address"
    )
