"""A draft as organisers put it right: what is said of a new course, and every date of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

from wtforms import Field, HiddenField, SelectChoice

from webapp.formats.words import KINDS
from webapp.models import Format
from webapp.services.draft_parts import FACTS, Draft, DraftDate, DraftDay, Problem
from webapp.services.drafts import DateEdit
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.checks import web_address
from webapp.web.organiser.date_form import HELD, WIDE
from webapp.web.organiser.moments import DayField, TimeField
from webapp.web.organiser.news_forms import PlacesForm

NAMED = {"format": "format", "places": "capacity"}
Said = tuple[date | None, time | None, time | None]


class DayRow(Form):
    """One day of a date. What nobody knows so far stays empty."""

    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    day = DayField("Date")
    starts = TimeField("Start")
    ends = TimeField("End")

    draft: DraftDay

    @property
    def said(self) -> Said:
        return self.day.data, self.starts.data, self.ends.data


class DateForm(PlacesForm):
    """One date of a draft."""

    class Meta(PlacesForm.Meta):
        csrf = False  # the form around it has the token

    format = fields.radios("How it is held", "", HELD)
    place = fields.line("Venue, or platform if it is online", width=WIDE)
    join_link = fields.line(
        "Link to join (optional)",
        most=2000,
        hint="Online only. Only people with a place see it.",
    )
    leave_out = fields.tick("Leave this date out")

    validate_join_link = staticmethod(web_address)

    draft: DraftDate
    days: list[DayRow]

    @property
    def said(self) -> DateEdit:
        return DateEdit(
            days={row.draft.key: row.said for row in self.days},
            is_online=self.format.data == Format.ONLINE if self.format.data else None,
            place=self.place.data,
            has_limit=self.has_limit,
            capacity=self.number,
            join_link=self.join_link.data,
            is_left_out=bool(self.leave_out.data),
        )


class DraftForm(Form):
    """A draft in full: what is said of a new course, and each date."""

    # What the announcement was like when the form was opened.
    version = HiddenField()
    # Which course would have got its dates then.
    goes_to = HiddenField()
    title = fields.line("Title", "Enter a title", width=WIDE)
    short_title = fields.line("Short title", hint="For subject lines of mails.", width=WIDE)
    kind = fields.radios("Kind", "", [SelectChoice(key.value, said) for key, said in KINDS.items()])
    summary = fields.paragraphs(
        "Summary", most=500, hint="One sentence, for the list of the programme."
    )
    outline = fields.paragraphs("Outline", most=20_000)
    audience = fields.paragraphs("Who it is for", most=2000)
    cost = fields.line("What it costs (optional)")
    link = fields.line("Address of the e-learning (optional)", most=2000, hint="E-learning only.")

    validate_link = staticmethod(web_address)

    def fit(self, draft: Draft) -> None:
        """With a part for each date; a course that is there keeps what it says of itself."""
        if draft.course:
            for name in FACTS:
                del self[name]
        self.dates = [_date_form(one, sent=self.is_submitted()) for one in draft.dates]

    def show(self, draft: Draft) -> None:
        for name in FACTS:
            if name in self:
                self[name].data = getattr(draft, name)

    @property
    def errors(self) -> dict[str, Sequence[str]]:
        found: dict[str, Sequence[str]] = dict(super().errors)
        for part in self._parts():
            found |= {field.id: field.errors for field in part if field.errors}
        return found

    def facts(self, draft: Draft) -> dict[str, str | None]:
        """Those that are not asked are as they were."""
        return {name: self[name].data if name in self else getattr(draft, name) for name in FACTS}

    @property
    def edits(self) -> Mapping[str, DateEdit]:
        return {one.draft.key: one.said for one in self.dates}

    def _parts(self) -> Iterator[Form]:
        for one in self.dates:
            yield from one.days
            yield one

    def validate(self, extra_validators: object = None) -> bool:
        super().validate(extra_validators)
        for part in self._parts():
            part.validate()
        return not self.errors

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what lacks."""
        for problem in problems:
            self._field(problem.field).errors = [problem.sentence.rstrip(".")]

    def _field(self, name: str) -> Field:
        key, _, part = name.rpartition(".")
        if not key:
            return self[part]
        for one in self.dates:
            if one.draft.key == key and part in NAMED:
                return one[NAMED[part]]
        return next(row for one in self.dates for row in one.days if row.draft.key == key)[part]


def _date_form(draft: DraftDate, *, sent: bool) -> DateForm:
    prefix = f"date-{draft.key}-"
    form = DateForm(prefix=prefix) if sent else DateForm(formdata=None, prefix=prefix)
    form.draft = draft
    form.days = [_day_row(day, sent=sent) for day in draft.days]
    if not sent:
        held = {True: Format.ONLINE, False: Format.FACE_TO_FACE}
        form.format.data = held[draft.is_online] if draft.is_online is not None else None
        form.place.data, form.join_link.data = draft.place, draft.join_link
        form.capacity.data = draft.capacity
        form.no_limit.data = draft.has_limit is False
        form.leave_out.data = draft.is_left_out
    return form


def _day_row(draft: DraftDay, *, sent: bool) -> DayRow:
    prefix = f"day-{draft.key}-"
    said = {"day": draft.day, "starts": draft.starts, "ends": draft.ends}
    row = DayRow(prefix=prefix) if sent else DayRow(formdata=None, prefix=prefix, **said)
    row.draft = draft
    return row
