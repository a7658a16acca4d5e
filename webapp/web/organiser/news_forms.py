"""What organisers type about the news: a page to read, how many fit, why nothing is made of it."""

from collections.abc import Collection

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from werkzeug.datastructures import FileStorage
from wtforms import FileField, StringField
from wtforms.validators import StopValidation

from webapp.models import Origin
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.date_form import HELD, MOST_PLACES
from webapp.web.organiser.moments import DayField

LONGEST_PAGE = 1_000_000
NEITHER = "Paste the text of the page, or choose a file"
BOTH = "Paste the text or choose a file, not both"
TOO_LARGE = "The file must be smaller than 1 MB. Save the page as text, or paste its words"
HOW_MANY = "Enter how many places there are, or tick that as many as like can come"
# What can be asked beside the button, and in which fields.
ASKED = {"places": ("capacity", "no_limit"), "format": ("format",)}
NO_LIMIT = "As many as like can come"


class PageForm(Form):
    """A page to read: its words, or a file with them."""

    text = fields.paragraphs(
        "Text of the page or newsletter",
        most=LONGEST_PAGE,
        hint="Copy all that stands on the page, and paste it here.",
    )
    file = FileField(
        "Or a file",
        description="A web page or a text, up to 1 MB.",
        widget=GovFileInput(),
    )
    published = DayField(
        "Date of the page",
        description="When it was published: that says which year is meant where none is written."
        " Leave it empty if you do not know, or if every item has a date of its own.",
    )

    def validate(self, extra_validators: object = None) -> bool:
        super().validate(extra_validators)
        self._upload: FileStorage | None = request.files.get("file")
        self._content = self._upload.read(LONGEST_PAGE + 1) if self._upload else b""
        if self._content and self.text.data:
            self.file.errors = [BOTH]
        elif len(self._content) > LONGEST_PAGE:
            self.file.errors = [TOO_LARGE]
        elif not self._content and self._is_named:
            self.file.errors = ["The file is empty"]
        elif not self._content and not self.text.data and not self.text.errors:
            self.text.errors = [NEITHER]
        return not self.errors

    @property
    def _is_named(self) -> bool:
        return bool(self._upload and self._upload.filename)

    @property
    def page(self) -> bytes | str:
        return self._content or str(self.text.data)

    @property
    def origin(self) -> Origin:
        return Origin.UPLOADED if self._content else Origin.PASTED

    @property
    def name(self) -> str | None:
        """The file's own name, of whatever folder it came from."""
        if not (self._content and self._upload and self._upload.filename):
            return None
        said = fields.one_line(fields.cleaned(self._upload.filename))
        return str(said).rpartition("/")[2][:200] or None

    def refuse(self, sentence: str) -> None:
        (self.file if self._content else self.text).errors = [sentence]


def _places(form: Form, field: StringField) -> None:
    said = field.data or ""
    if said and not (said.isascii() and said.isdecimal() and 0 < int(said[:9]) <= MOST_PLACES):
        raise StopValidation(f"Places must be a number from 1 to {MOST_PLACES:,}")


class PlacesForm(Form):
    """How many fit, where the page does not say."""

    capacity = fields.line("Places", width="govuk-input--width-4", inputmode="numeric")
    no_limit = fields.tick(NO_LIMIT)

    validate_capacity = staticmethod(_places)

    @property
    def has_limit(self) -> bool | None:
        """None when nothing is said."""
        return False if self.no_limit.data else True if self.capacity.data else None

    @property
    def number(self) -> int | None:
        return int(self.capacity.data) if self.has_limit else None


class AcceptForm(PlacesForm):
    """What is asked beside the button, of all dates of which the page does not say it."""

    class Meta(PlacesForm.Meta):
        csrf = False  # the form around it has the token

    format = fields.radios("How is it held?", "Say whether it is face to face or online", HELD)

    def ask(self, parts: Collection[str]) -> None:
        """Only of these: "places", "format"."""
        for part, names in ASKED.items():
            for name in names:
                if part not in parts:
                    del self[name]

    def validate(self, extra_validators: object = None) -> bool:
        super().validate(extra_validators)
        if "capacity" in self and self.has_limit is None and not self.capacity.errors:
            self.capacity.errors = [HOW_MANY]
        return not self.errors


class ReasonForm(Form):
    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    reason = fields.line(
        "Why is nothing made of it?",
        "Enter why nothing is made of it, such as: not training",
        most=300,
        hint="Such as “not training”, or “only for staff of the hospital”. It is shown here.",
    )


class MessageForm(Form):
    """Sent with a date that is called off."""

    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    message = fields.paragraphs(
        "Message",
        "Enter the message that people read",
        hint="Say why. Everybody we write to reads it, and so does whoever looks at the page of"
        " the date.",
    )
