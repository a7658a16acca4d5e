"""One course, and one of its dates: everything somebody wants to know before booking."""

from collections.abc import Mapping, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import structured_data
from webapp.models import CourseDate, DateState, Places
from webapp.services import charges, links, places, programme
from webapp.web.kept import for_everybody
from webapp.web.public.blueprint import bp
from webapp.web.words import ours

# The page of a date shows so many others; all are on that of the course.
OTHERS = 20


@bp.get("/courses/<slug>")
@for_everybody
def course(slug: str) -> ResponseReturnValue:
    found, now = programme.get_course(slug), clock.now()
    published = [date for date in found.dates if date.state is DateState.PUBLISHED]
    coming = [date for date in published if not date.is_past(now)]
    counts = places.places_of(coming, now)
    return render_template(
        "public/courses/course.html",
        course=found,
        coming=coming,
        past=[date for date in reversed(published) if date.is_past(now)],
        to_be_confirmed=[date for date in found.dates if date.state in programme.UNDECIDED],
        places=counts,
        all_full=_all_full(coming, counts),
        structured_data=structured_data.course(
            found,
            links.address("public.course", slug=slug),
            ours(),
            {_address(date): date for date in coming},
        ),
    )


@bp.get("/dates/<int:date_id>")
@for_everybody
def date(date_id: int) -> ResponseReturnValue:
    found, now = programme.get_date(date_id), clock.now()
    some = programme.other_dates(found, now, OTHERS + 1)
    others, more = some[:OTHERS], some[OTHERS:]
    counts = places.places_of([found, *others], now)
    return render_template(
        "public/courses/date.html",
        date=found,
        course=found.course,
        places=counts[found.id],
        why_not=found.why_not_bookable(now),
        policy=charges.policy(found, ours(), now=now),
        others=others,
        places_of_others=counts,
        more=more,
        all_full=not more and _all_full([found, *others], counts),
        structured_data=structured_data.date(found, _address(found), ours(), counts[found.id]),
    )


def _all_full(dates: Sequence[CourseDate], counts: Mapping[int, Places]) -> bool:
    return bool(dates) and all(counts[date.id].is_full for date in dates)


def _address(date: CourseDate) -> str:
    return links.address("public.date", date_id=date.id)
