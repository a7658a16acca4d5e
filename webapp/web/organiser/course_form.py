"""What a course says of itself, as organisers type it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput
from wtforms import HiddenField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput

from webapp.formats.words import KINDS
from webapp.models import Course, Kind, Sector
from webapp.services.courses import About
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.checks import web_address
from webapp.web.organiser.date_form import WIDE

SAME = (
    "kind",
    "title",
    "short_title",
    "summary",
    "outline",
    "audience",
    "level",
    "cost",
    "link",
    "tells_in_order",
)
LISTS = ("outcomes", "topics")
OBJECTION_DAYS = "Working days in which a line manager may object"
MOST_DAYS = 20


def _few(form: Form, field: StringField) -> None:
    said = str(field.data or "0")
    if not (said.isascii() and said.isdecimal() and int(said[:9]) <= MOST_DAYS):
        raise StopValidation(f"{OBJECTION_DAYS} must be a number from 0 to {MOST_DAYS}")


class CourseForm(Form):
    # What the course was like when the form was opened.
    seen = HiddenField()
    kind = fields.radios(
        "Kind", "Choose the kind", [SelectChoice(key.value, said) for key, said in KINDS.items()]
    )
    title = fields.line("Title", "Enter a title")
    short_title = fields.line(
        "Short title (optional)",
        most=60,
        hint="For the subject lines of mails. Leave it empty for the title itself.",
        width=WIDE,
    )
    summary = fields.paragraphs(
        "Summary",
        "Enter a summary",
        most=500,
        rows=2,
        hint="One sentence, for the list of the programme.",
    )
    outline = fields.paragraphs("Outline", "Enter an outline", most=20_000, rows=10)
    outcomes = fields.paragraphs(
        "What people will learn (optional)", most=5000, rows=5, hint="A line for each."
    )
    audience = fields.paragraphs("Who it is for", "Enter who it is for", most=2000)
    sectors = SelectMultipleField(
        "Sectors",
        description="Who looks for their own sector finds it. Tick none if it is for everybody.",
        validate_choice=False,
        widget=GovCheckboxesInput(),
        option_widget=CheckboxInput(),
    )
    level = fields.line("Level (optional)", hint="Such as Level 3, or Introductory.", width=WIDE)
    topics = fields.paragraphs(
        "Topics (optional)", most=1000, hint="A line for each. People find the course by them."
    )
    cost = fields.line(
        "What it costs (optional)", hint="Leave it empty for what holds for all your training."
    )
    objection_days = fields.line(
        OBJECTION_DAYS,
        hint="They are asked in the mail that tells them of a place. 0 for no objections.",
        width="govuk-input--width-5",
    )
    link = fields.line("Address of the e-learning", most=2000, hint="E-learning only.")
    tells_in_order = fields.tick("Tell people who registered interest in the order they asked")

    validate_objection_days = staticmethod(_few)
    validate_link = staticmethod(web_address)

    def offer(self, sectors: Sequence[Sector]) -> None:
        self._sectors = {str(sector.id): sector for sector in sectors}
        self.sectors.choices = {key: sector.name for key, sector in self._sectors.items()}

    def is_stale(self, course: Course) -> bool:
        """Whether somebody changed it since the form was opened; the next try counts."""
        opened, self.seen.data = self.seen.data, course.updated_at.isoformat()
        return bool(self.is_submitted()) and opened != self.seen.data

    def show(self, course: Course) -> None:
        for name in SAME:
            self[name].data = getattr(course, name)
        if course.short_title == course.title:
            self.short_title.data = None  # so that it follows when the title changes
        for name in LISTS:
            self[name].data = "\n".join(getattr(course, name))
        self.objection_days.data = str(course.objection_days)
        self.sectors.data = [str(sector.id) for sector in course.sectors]

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.kind.data != Kind.E_LEARNING:
            self.link.errors = []  # nobody asked
        elif not self.link.data:
            self.link.errors = ["Enter the address of the e-learning"]
        return not self.errors

    def about(self, announced_on: date | None = None) -> About:
        kind = Kind(self.kind.data)
        return About(
            kind=kind,
            title=self.title.data,
            short_title=self.short_title.data or self.title.data,
            summary=self.summary.data,
            outline=self.outline.data,
            audience=self.audience.data,
            level=self.level.data,
            cost=self.cost.data,
            objection_days=int(self.objection_days.data or 0),
            link=self.link.data if kind is Kind.E_LEARNING else None,
            announced_on=announced_on,
            tells_in_order=self.tells_in_order.data,
            outcomes=_lines(self.outcomes.data),
            topics=_lines(self.topics.data),
            sectors=[self._sectors[key] for key in self.sectors.data if key in self._sectors],
        )


def _lines(text: str | None) -> list[str]:
    lines = [" ".join(line.split()) for line in (text or "").splitlines()]
    return [line for line in lines if line]
