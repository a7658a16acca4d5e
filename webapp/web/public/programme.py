"""The programme: what is coming, by list and by month, and what has been."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats.months import Month, read_day
from webapp.formats.words import month as month_words
from webapp.models import CourseDate
from webapp.services import places, programme, programme_parts, weeks
from webapp.services.paging import Page
from webapp.services.programme import Filters
from webapp.web.addresses import addresses_of
from webapp.web.kept import for_everybody
from webapp.web.numbers import page_number
from webapp.web.public import filters as addresses
from webapp.web.public.blueprint import bp

VIEWS = {"list": "List", "month": "Month", "past": "Past dates"}


@dataclass(frozen=True)
class Look:
    """How somebody looks at the programme: by which view, through which filters; of the month at
    one day alone, if it says so."""

    view: str
    filters: Filters
    audiences: dict[str, str]
    day: date | None = None

    def address(self, **changes: object) -> str:
        """This look's own address with some of its arguments changed or, by None, taken out; of
        several pages it is the first, unless another is named."""
        arguments: dict[str, Any] = {"view": self.view, **addresses.as_arguments(self.filters)}
        arguments |= {"day": self.day, **changes}
        if arguments["view"] == "list":
            arguments["view"] = None
        said = {name: value for name, value in arguments.items() if value}
        return url_for("public.programme", **said)

    @property
    def followed(self) -> dict[str, str]:
        """The filters of a calendar that follows this list; a month leafed to is none of them."""
        turned = replace(self.filters, month=None) if self.view == "month" else self.filters
        return addresses.as_arguments(turned)

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Each filter in force: its words, and the address without it."""
        said = addresses.in_words(self.filters, self.audiences)
        if self.view == "month":
            said.pop("month", None)
        return [(words, self.address(**{name: None})) for name, words in said.items()]

    @property
    def all_of_it(self) -> str:
        """The address of this view with no filter."""
        month = self.filters.month if self.view == "month" else None
        return replace(self, filters=Filters(month=month)).address()

    def months(self, listed: Sequence[Month]) -> list[tuple[str, str]]:
        """The months to choose from, as values and words; the chosen one is always among them."""
        chosen = Month.read(self.filters.month)
        return [(str(m), m.words) for m in sorted({*listed, *([chosen] if chosen else [])})]


@bp.get("/", endpoint="programme")
@for_everybody
def show() -> ResponseReturnValue:
    now, look = clock.now(), _look()
    if look.day is not None:
        page, facts = "day", _of_day(now, look, look.day)
    else:
        view = {"month": _by_month, "past": _past}.get(look.view, _coming)
        page, facts = look.view, view(now, look)
    return render_template(
        f"public/programme/{page}.html",
        look=look,
        views=VIEWS,
        **facts,
    )


def _look() -> Look:
    filters, audiences = addresses.read(request.args), programme.audiences()
    if filters.audience not in audiences:
        filters = replace(filters, audience=None)
    view = request.args.get("view", "list")
    day = read_day(request.args.get("day")) if view == "month" else None
    return Look(view if view in VIEWS else "list", filters, audiences, day)


def _coming(now: datetime, look: Look) -> dict[str, Any]:
    found = programme.coming_page(now, look.filters, page_number())
    facts = _shown(found)
    facts |= {"places": places.places_of(found.rows, now), "months": programme.months(now)}
    if found.number == 1:
        facts["weeks"] = weeks.coming(now)
    if found.number == found.pages:
        facts["to_be_confirmed"] = programme.to_be_confirmed(look.filters)
        facts["without_dates"] = programme.without_dates(now, look.filters)
        facts["e_learning"] = programme.e_learning(look.filters)
    return facts


def _past(now: datetime, look: Look) -> dict[str, Any]:
    return _shown(programme.past(now, look.filters, page_number())) | {"places": {}}


def _shown(found: Page[CourseDate]) -> dict[str, Any]:
    """A page of dates under the words of their months, in the order they come."""
    months = groupby(found.rows, key=lambda d: month_words(d.starts_at) if d.starts_at else "")
    groups = [(words, list(those)) for words, those in months]
    return {"found": found, "groups": groups}


def _by_month(now: datetime, look: Look) -> dict[str, Any]:
    month = Month.read(look.filters.month) or Month.of(now)
    days = programme_parts.by_day(now, month, look.filters)
    dates = {entry.course_date for day in days.values() for entry in day.first}
    return {
        "month": month,
        "days": days,
        # Where the next date is, when there are none and nothing is looked for.
        "months": [] if days or look.tags else programme.months(now),
        "today": clock.london(now).date(),
        "places": places.places_of([date for date in dates if not date.is_past(now)], now),
        "page_of": addresses_of("public.date", "date_id"),
        "to_be_confirmed": programme.to_be_confirmed(replace(look.filters, month=str(month))),
    }


def _of_day(now: datetime, look: Look, day: date) -> dict[str, Any]:
    filters = replace(look.filters, month=None)
    found = programme_parts.of_day(now, day, filters, page_number())
    return {
        "found": found,
        "month": Month(day.year, day.month),
        "places": places.places_of([date for date in found.rows if not date.is_past(now)], now),
    }
