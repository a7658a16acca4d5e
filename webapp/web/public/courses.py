"""One course, and one of its dates: everything somebody wants to know before booking."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import structured_data
from webapp.models import CourseDate, Places
from webapp.services import charges, links, places, programme, programme_parts
from webapp.web.kept import for_everybody
from webapp.web.numbers import page_number
from webapp.web.public.blueprint import bp
from webapp.web.words import ours

# The page of a date shows so many others; all are on that of the course.
OTHERS = 20


@bp.get("/courses/<slug>")
@for_everybody
def course(slug: str) -> ResponseReturnValue:
    course, now = programme.get_course(slug), clock.now()
    found = programme_parts.coming_of(course, now, page_number())
    counts, is_last = places.places_of(found.rows, now), found.number == found.pages
    return render_template(
        "public/courses/course.html",
        course=course,
        found=found,
        again=partial(url_for, "public.course", slug=slug),
        past=programme_parts.past_of(course, now),
        to_be_confirmed=programme_parts.undecided_of(course) if is_last else [],
        places=counts,
        all_full=found.pages == 1 and _all_full(found.rows, counts),
        structured_data=structured_data.course(
            course,
            links.address("public.course", slug=slug),
            ours(),
            {_address(date): date for date in found.rows},
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
