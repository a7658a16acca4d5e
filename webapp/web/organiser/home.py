"""The organisers' first page: what needs somebody, and how full the coming dates are."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.services import (
    attention,
    course_dates,
    courses,
    erasures,
    interests,
    joining,
    news,
    places,
    register_lists,
    venues,
)
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp


@bp.get("/")
def home() -> ResponseReturnValue:
    now = clock.now()
    dates = course_dates.coming(now)
    postponed, held_back = course_dates.postponed(), course_dates.held_back()
    counts = places.places_of([*dates, *postponed])
    wishes = interests.counts()
    return render_template(
        "organiser/home.html",
        dates=dates,
        places=counts,
        held_back=held_back,
        postponed=postponed,
        registers=register_lists.how_many_to_mark(now),
        news=news.how_many_wait(),
        erasures=erasures.how_many_wait(),
        mail=attention.mail(),
        without_link=joining.without_link(dates, now),
        lapsing=attention.lapsing(dates, now),
        nearly_empty=attention.nearly_empty(dates, counts, now),
        made_up=attention.made_up([*dates, *postponed, *held_back]),
        unconfirmed=[venue for venue in venues.everywhere() if venue.demonstration_values],
        wanted=[(course, wishes[course.id]) for course in courses.of_ids(wishes.keys())],
    )


@bp.get("/dates/past")
def past_dates() -> ResponseReturnValue:
    found = course_dates.past(clock.now(), page_number())
    return render_template(
        "organiser/past_dates.html",
        found=found,
        places=places.places_of(found.rows),
        again=same_list(),
    )
