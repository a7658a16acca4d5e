"""The page of a Week: its sessions by day, to be narrowed and ticked, and its calendar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.models import CourseDate, Week
from webapp.services import calendars, editions, links, partnership, places, programme, weeks
from webapp.services.programme import Filters
from webapp.web.calendars import answered
from webapp.web.public import filters as addresses
from webapp.web.public.blueprint import bp
from webapp.web.ticks import ticked

# What the address calls a session that is ticked.
TICKED = "date"


@dataclass(frozen=True)
class Look:
    """How somebody looks at a Week: through which filters, and with which boxes ticked."""

    week: Week
    filters: Filters
    ticked: Collection[int]

    @property
    def narrowed(self) -> dict[str, str]:
        """The filters as arguments of an address."""
        return addresses.as_arguments(self.filters)

    def address(self, endpoint: str = "public.week", *, without: int | None = None) -> str:
        """This look's own address, or another page's; perhaps with one box less ticked."""
        facts: dict[str, Any] = {TICKED: sorted(set(self.ticked) - {without}), **self.narrowed}
        return url_for(endpoint, slug=self.week.slug, **facts)


def look_at(slug: str) -> Look:
    """What the address asks for. Raises NotFound."""
    week, said = weeks.published(slug), addresses.read(request.args)
    narrowed = replace(said, kind=None, month=None, text=None, week=week.slug)
    return Look(week, narrowed, ticked(TICKED))


@bp.get("/weeks/<slug>")
def week(slug: str) -> ResponseReturnValue:
    now, look = clock.now(), look_at(slug)
    dates = programme.coming(now, look.filters)
    shown = {date.id for date in dates}
    return render_template(
        "public/weeks/week.html",
        week=look.week,
        look=look,
        audiences=programme.audiences(),
        days=_by_day(dates),
        dates=dates,
        places=places.places_of(dates, now),
        hidden=sorted(set(look.ticked) - shown),
    )


@bp.get("/weeks/<slug>.ics")
def week_ics(slug: str) -> Response:
    now, look = clock.now(), look_at(slug)
    edition = editions.of_programme(now=now)
    if look.filters.with_places:
        # Every booking can change which dates have places left.
        edition = replace(edition, changed=now)

    def write() -> tuple[bytes, str]:
        source = links.address("public.week_ics", slug=slug, **look.narrowed)
        body = calendars.programme(
            look.filters, partnership.get(), name=_name(look), source=source, now=now
        )
        return body, f"{slug}.ics"

    return answered(("week", look.filters), edition, write, now=now)


def _by_day(dates: Sequence[CourseDate]) -> list[tuple[date, list[CourseDate]]]:
    """The sessions under the days on which they begin, in order."""
    groups = groupby(dates, key=lambda one: clock.london(one.days[0].starts_at).date())
    return [(day, list(those)) for day, those in groups]


def _name(look: Look) -> str:
    """What the feed is called in a list of calendars: two feeds with other filters differ."""
    audiences = programme.audiences() if look.filters.audience else {}
    tags = ", ".join(addresses.in_words(look.filters, audiences).values())
    return f"{look.week.title}: {tags}" if tags else look.week.title
