"""What somebody types who books for colleagues: about themselves, a row for each of them, or
pasted lines that become rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, takewhile
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice

from webapp.errors import Refused
from webapp.formats import pasted_people
from webapp.services.details import Details
from webapp.services.team_bookings import MOST, Team
from webapp.web import fields
from webapp.web.fields import Form, cleaned
from webapp.web.public.forms import WIDE, BookingForm, no_web_address

COLUMNS = ("name", "email", "job_role")
FEWEST_ROWS, MORE_ROWS = 3, 5
ALL, WHO_FITS = "all", "fit"
TOO_MANY = "These are {} colleagues with those above. Book for at most {} at once"


class ColleagueRow(Form):
    """One colleague. A row with nothing in it is nobody."""

    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    name = fields.line("Full name", "Enter their full name", width=WIDE, autocomplete="off")
    email = fields.email(
        "Work email address", "Enter their work email address", width=WIDE, autocomplete="off"
    )
    job_role = fields.line("Job role", "Enter their job role", width=WIDE, autocomplete="off")

    validate_name = staticmethod(no_web_address)

    @property
    def is_empty(self) -> bool:
        return not any(field.data for field in self)


class TeamForm(BookingForm):
    """Who books, where they all work, their colleagues, and the terms."""

    which = "Enter the name of your organisation"
    phone = team = access = dietary = None

    comes = fields.tick("I am coming, too")
    job_role = fields.line(
        "Your job role (optional)",
        hint="Only if you are coming, too.",
        autocomplete="organization-title",
        width=WIDE,
    )
    pasted = fields.paragraphs(
        "Or paste them (optional)",
        most=200 * MOST,
        rows=5,
        hint="One in a line: name, email, job role. Addresses copied from a mail, as"
        " Fay Fox <fay.fox@example.org>; and the next, are read, too.",
    )
    is_manager = fields.tick("I am their line manager")
    manager_name = fields.line("Line manager's full name (optional)", width=WIDE)
    manager_email = fields.email(
        "Line manager's email address (optional)", autocomplete="off", width=WIDE
    )
    # In the order of the page, with the rows between.
    FIRST = ("name", "email", "comes", "job_role", "agency", "organisation")
    LAST = ("pasted", "manager_name", "manager_email", "agrees")

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        """`sent` is what was typed; pasted lines that can be read become rows."""
        self._problem = None
        if sent is not None:
            sent, self._problem = spread(sent)
        super().__init__(sent)
        self.sent = sent or MultiDict()
        filled = _rows_in(self.sent)
        self.rows = [ColleagueRow(self.sent, prefix=f"colleagues-{n}-") for n in range(filled)]
        self.show(FEWEST_ROWS)

    def show(self, rows: int) -> None:
        """At least so many rows to type in."""
        for number in range(len(self.rows), min(rows, MOST)):
            self.rows.append(ColleagueRow(formdata=None, prefix=f"colleagues-{number}-"))

    def show_more(self) -> None:
        self.show(len(self.rows) + MORE_ROWS)

    @property
    def filled(self) -> list[ColleagueRow]:
        return [row for row in self.rows if not row.is_empty]

    @property
    def errors(self) -> dict[str, Any]:
        """In the order of the page, which is that of the summary."""
        found = {field.id: field.errors for row in self.rows for field in row if field.errors}
        rows, mine = list(found), super().errors
        found |= mine
        order = dict.fromkeys([*self.FIRST, *rows, *self.LAST, *mine])
        return {name: found[name] for name in order if name in found}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.comes.data and not self.job_role.data:
            self.job_role.errors = ["Enter your job role, since you are coming, too"]
        self._check_manager()
        if self._problem:
            self.pasted.errors = [self._problem]
        self._check_rows()
        return not self.errors

    def _check_manager(self) -> None:
        if bool(self.manager_name.data) == bool(self.manager_email.data):
            return
        if not self.manager_name.data:
            self.manager_name.errors = ["Enter your line manager's full name, too"]
        elif not self.manager_email.errors:
            self.manager_email.errors = ["Enter your line manager's email address, too"]

    def _check_rows(self) -> None:
        seen: dict[str, int] = {}
        for number, row in enumerate(self.rows, 1):
            if row.is_empty:
                continue
            row.validate()
            if why := self._why_not_new(row.email.data, seen):
                row.email.errors = [*row.email.errors, why]
            seen.setdefault(row.email.data, number)
            for field in row:
                field.errors = [f"Colleague {number}: {_lower(said)}" for said in field.errors]
        if not self.filled and not self.pasted.errors:
            self.rows[0].name.errors = ["Enter at least one colleague"]

    def _why_not_new(self, email: str | None, seen: dict[str, int]) -> str | None:
        if email and email == self.email.data:
            return "This is your own address. If you come, say so further up"
        if email in seen and email:
            return f"This is the address of colleague {seen[email]}, too"
        return None

    def made(self) -> Team:
        """All of it, as the service takes it."""
        said = self.details()
        theirs = said
        if self.is_manager.data:
            theirs = replace(said, manager_name=self.name.data, manager_email=self.email.data)
        return Team(
            name=self.name.data,
            email=self.email.data,
            colleagues={row.email.data: _of(row, theirs) for row in self.filled},
            own=said if self.comes.data else None,
        )

    def kept(self) -> Iterator[tuple[str, str]]:
        """Every answer as the page that asks once more carries it along."""
        for name, value in self.sent.items(multi=True):
            if name not in {"csrf_token", "step", "fit"}:
                yield name, value


class FitForm(Form):
    """What is to happen where there are fewer places than people."""

    fit = fields.radios(
        "If there are not places for everybody",
        "Choose what to do if there are not places for everybody",
        [
            SelectChoice(WHO_FITS, "Book those who fit, in the order of the list. The others wait"),
            SelectChoice(ALL, "Book everybody or nobody"),
        ],
    )


def spread(sent: MultiDict[str, str]) -> tuple[MultiDict[str, str], str | None]:
    """The same answers with what was pasted in rows below those typed and no empty row between;
    or as they came, with a sentence that says why not."""
    rows = [
        tuple(sent.get(f"colleagues-{number}-{column}", "") for column in COLUMNS)
        for number in range(_rows_in(sent))
    ]
    rows = [row for row in rows if any(map(cleaned, row))]
    try:
        pasted = pasted_people.read(sent.get("pasted", ""), (), columns=COLUMNS)
    except Refused as refusal:
        return sent, str(refusal)
    if len(rows) + len(pasted) > MOST:
        return sent, TOO_MANY.format(len(rows) + len(pasted), MOST)
    rows += [_cells(one) for one in pasted]
    others = [pair for pair in sent.items(multi=True) if not _is_of_rows(pair[0])]
    return MultiDict(
        [*others, *(pair for number, row in enumerate(rows) for pair in _named(number, row))]
    ), None


def _cells(one: pasted_people.Pasted) -> tuple[str, ...]:
    """A comma may stand in what somebody does."""
    name, email, job_role = (one.cells.get(column, "") for column in COLUMNS)
    return name, email, ", ".join(filter(None, (job_role, one.left_out)))


def _named(number: int, row: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column, cell in zip(COLUMNS, row, strict=True):
        yield f"colleagues-{number}-{column}", cell


def _is_of_rows(name: str) -> bool:
    return name.startswith("colleagues-") or name == "pasted"


def _rows_in(sent: MultiDict[str, str]) -> int:
    numbers = takewhile(lambda n: f"colleagues-{n}-name" in sent, count())
    return sum(1 for _ in numbers)


def _of(row: ColleagueRow, team: Details) -> Details:
    return replace(team, name=row.name.data, job_role=row.job_role.data)


def _lower(sentence: str) -> str:
    return f"{sentence[0].lower()}{sentence[1:]}"
