"""What visitors may type: a booking, a change to it, an address, an interest."""

import re
from collections.abc import Mapping

from wtforms import BooleanField, HiddenField, SelectChoice, StringField
from wtforms.validators import ValidationError

from webapp.models import BookingTerms, Cause, CourseDate
from webapp.web import fields
from webapp.web.details import PersonForm
from webapp.web.fields import Form

WIDE = "govuk-!-width-two-thirds"
CHECK_AGENCY = "Check where you work: we chose it by your email address"
# What a diary may say.
COURSE, TRAINING = "course", "training"
# The mail to the address typed holds the name typed, and neither need be the sender's.
WEB_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
CAUSES = [
    SelectChoice(Cause.ILLNESS.value, "I am ill"),
    SelectChoice(Cause.DUTY.value, "I have been called to operational duty"),
    SelectChoice(Cause.OTHER.value, "Another reason"),
]
TERMS_CHANGED = "The booking terms have changed: read them and agree again"


def no_web_address(form: Form, name: StringField) -> None:
    if WEB_ADDRESS.search(name.data):
        raise ValidationError(f"{name.label.text} must not include a web address")


class BookingForm(PersonForm):
    """In the order of the page, since the summary of what is wrong follows it."""

    name = fields.line("Full name", "Enter your full name", autocomplete="name", width=WIDE)
    email = fields.email(
        "Work email address",
        "Enter your work email address",
        hint="Your confirmation, the calendar invitation and your private link go there.",
        width=WIDE,
    )
    phone = fields.phone(
        "Phone number (optional)",
        hint="In case something changes on the day.",
        width="govuk-input--width-20",
    )
    agency = fields.choice(
        "Where you work",
        "Choose where you work",
        hint="Listed by sector. If yours is missing, choose “Another” in your sector.",
    )
    organisation = fields.line(
        "Name of your organisation (optional)",
        hint="Only if the list does not name it: your school or practice, for example.",
        autocomplete="organization",
        width=WIDE,
    )
    job_role = fields.line(
        "Job role", "Enter your job role", autocomplete="organization-title", width=WIDE
    )
    team = fields.line("Team (optional)", width=WIDE)
    manager_name = fields.line(
        "Line manager's full name", "Enter your line manager's full name", width=WIDE
    )
    manager_email = fields.email(
        "Line manager's email address",
        "Enter your line manager's email address",
        autocomplete="off",
        width=WIDE,
    )
    access = fields.paragraphs(
        "What would help you take part? (optional)",
        hint="For example step-free access, a hearing loop, large print or regular breaks.",
    )
    dietary = fields.paragraphs("Anything you cannot eat? (optional)", most=500, rows=2)
    terms = HiddenField()
    agrees = fields.tick("I agree to the booking terms", "Agree to the booking terms to book")

    def fit(self, date: CourseDate, choices: Mapping[str, Mapping[int, str]]) -> None:
        """Offer these agencies, and ask about food only where there is some."""
        self.offer(choices)
        if date.is_online:
            del self.dietary

    def ask_about(self, terms: BookingTerms) -> None:
        """Keep in the page which version of the terms it asks people to agree to."""
        version = str(terms.version)
        self._terms_changed = self.is_submitted() and self.terms.data != version
        self.terms.data = version

    validate_name = staticmethod(no_web_address)

    def validate_agrees(self, agrees: BooleanField) -> None:
        if self._terms_changed:
            agrees.data = False
            raise ValidationError(TERMS_CHANGED)


class ChangeForm(BookingForm):
    """What may be changed later: all but the address, which is who the booking is."""

    email = terms = agrees = None


class ConfirmForm(BookingForm):
    """What somebody is asked whom a colleague sent."""

    email = None


class LateForm(Form):
    """What is asked of somebody who gives up a place late."""

    cause = fields.radios("Why can you not come?", "Choose why you cannot come", CAUSES)
    reason = fields.paragraphs(
        "Anything to add? (optional)",
        most=500,
        hint="The training team reads it. You need not say what illness it is.",
    )


class ColleagueForm(PersonForm):
    """Whom to send instead; what they need they say themselves."""

    which = "Enter the name of their organisation"

    name = fields.line(
        "Their full name", "Enter your colleague's full name", width=WIDE, autocomplete="off"
    )
    email = fields.email(
        "Their work email address",
        "Enter your colleague's work email address",
        width=WIDE,
        autocomplete="off",
    )
    job_role = fields.line("Their job role", "Enter your colleague's job role", width=WIDE)
    agency = fields.choice("Where they work", "Choose where your colleague works")
    organisation = fields.line(
        "Name of their organisation (optional)",
        hint="Only if the list does not name it: their school or practice, for example.",
        width=WIDE,
    )

    validate_name = staticmethod(no_web_address)


class AddressForm(Form):
    """An email address and nothing else."""

    email = fields.email("Email address", "Enter your email address", width=WIDE)


class DiaryForm(Form):
    """What somebody's diary says of their training."""

    says = fields.radios(
        "What should your diary say?",
        "Choose what your diary says",
        [SelectChoice(COURSE, "What training it is"), SelectChoice(TRAINING, "Only “Training”")],
    )

    @property
    def is_discreet(self) -> bool:
        return bool(self.says.data == TRAINING)


class InterestForm(Form):
    name = fields.line("Full name", "Enter your full name", autocomplete="name", width=WIDE)
    email = fields.email("Work email address", "Enter your work email address", width=WIDE)
