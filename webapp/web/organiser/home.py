"""The organisers' first page: what needs somebody, and how full the dates of a term are."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import words
from webapp.formats.school_terms import YEARS, SchoolTerm
from webapp.models import CourseDate
from webapp.services import (
    attention,
    course_dates,
    erasures,
    interests,
    joining,
    news,
    places,
    register_lists,
    term_dates,
    venues,
)
from webapp.web.organiser.asked import number, page_number, same_list
from webapp.web.organiser.blueprint import bp

Month = tuple[str, list[CourseDate]]


@bp.get("/")
def home() -> ResponseReturnValue:
    now = clock.now()
    term = SchoolTerm.read(request.args.get("term")) or term_dates.of_next_date(now)
    found = term_dates.of_term(term, number("page"), now)
    to_settle, low = attention.to_settle(), attention.low(now)
    over, months = _by_month(found.rows, now)
    return render_template(
        "organiser/home.html",
        term=term,
        terms=[one for one in (term.before, term.after) if one.year in YEARS],
        found=found,
        over=over,
        months=months,
        again=same_list("term"),
        places=places.places_of([*found.rows, *to_settle.first, *low.first], now),
        to_settle=to_settle,
        registers=register_lists.how_many_to_mark(now),
        lapsing=attention.lapsing(now),
        to_approve=attention.to_approve(now),
        low=low,
        mail=attention.mail(),
        without_link=joining.without_link(now),
        declined=attention.declined(now),
        erasures=erasures.how_many_wait(),
        news=news.how_many_wait(),
        made_up=attention.made_up(now),
        unconfirmed=[venue for venue in venues.everywhere() if venue.demonstration_values],
        wanted=interests.most_wanted(),
    )


@bp.get("/dates/past")
def past_dates() -> ResponseReturnValue:
    now = clock.now()
    found = course_dates.past(now, page_number())
    return render_template(
        "organiser/past_dates.html",
        found=found,
        places=places.places_of(found.rows, now),
        again=same_list(),
    )


def _by_month(dates: Sequence[CourseDate], now: datetime) -> tuple[list[Month], list[Month]]:
    """The months that are over while others are not, to be folded up; and those to be shown."""
    months = [(name, list(of)) for name, of in groupby(dates, _month)]
    over = [one for one in months if all(date.is_past(now) for date in one[1])]
    return (over, months[len(over) :]) if len(over) < len(months) else ([], months)


def _month(date: CourseDate) -> str:
    assert date.starts_at is not None
    return words.month(date.starts_at)
