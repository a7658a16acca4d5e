"""Who is coming to a date: the list, searched and sorted, and what people need."""

from collections.abc import Sequence
from itertools import accumulate

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import attendee_list
from webapp.models import BookingState
from webapp.services import attendee_lists, course_dates, mixes, places, replies, tallies
from webapp.services import attendees as people
from webapp.services.attendee_lists import Search, Sort
from webapp.services.attendees import FromAgency
from webapp.web.organiser import watch
from webapp.web.organiser.asked import (
    addresses_of,
    number,
    page_number,
    same_list,
    text,
    word,
)
from webapp.web.organiser.blueprint import bp

EVERYBODY = "all"
# So many colours the bar of agencies has, by turns.
COLOURS = 8


@bp.get("/dates/<int:date_id>/attendees")
def attendees(date_id: int) -> ResponseReturnValue:
    date = course_dates.get(date_id)
    search = asked()
    parts = tallies.parts(date)
    found = attendee_lists.of_date(date, search, page_number(), parts)
    mix = people.by_agency(parts, search.state)
    page = render_template(
        "organiser/attendees.html",
        date=date,
        search=search,
        found=found,
        again=same_list("state", "q", "agency", "sort", "order"),
        places=places.of(date, clock.now(), parts),
        counts=people.by_state(parts),
        mix=mix,
        bar=_bar(mix),
        needs=people.with_needs(found.rows),
        declined=replies.declined(found.rows),
        queue=people.queue(date) if search.state is BookingState.WAITING else None,
        shares=mixes.of(date, parts),
        page_of=addresses_of("organiser.booking", "booking_id"),
        cancel=addresses_of("organiser.cancel_booking", "booking_id"),
        states=attendee_list.STATES,
        state_of=attendee_list.state_in_list,
    )
    watch.saw("saw the attendee list", course_date=date)
    return page


def _bar(mix: Sequence[FromAgency]) -> list[tuple[FromAgency, int, float, float]]:
    """Each agency with its colour in the bar of them all, and from where it reaches how far, in
    hundredths of the whole."""
    whole = sum(one.number for one in mix)
    widths = [100 * one.number / whole for one in mix]
    starts = accumulate(widths, initial=0)
    parts = enumerate(zip(mix, starts, widths, strict=False))
    return [(one, n % COLOURS, round(x, 3), round(width, 3)) for n, (one, x, width) in parts]


@bp.get("/dates/<int:date_id>/access-needs")
def access_needs(date_id: int) -> ResponseReturnValue:
    date = course_dates.get(date_id)
    page = render_template(
        "organiser/access_needs.html",
        date=date,
        found=people.access_needs(date, page_number()),
        again=same_list(),
    )
    watch.saw("saw access needs", course_date=date)
    return page


def asked() -> Search:
    """What the address asks for; words it does not know count for nothing."""
    state = None
    if request.args.get("state") != EVERYBODY:
        state = word(BookingState, "state") or BookingState.CONFIRMED
    usual = Sort.QUEUE if state is BookingState.WAITING else Sort.NAME
    return Search(
        state=state,
        text=text("q"),
        agency_id=number("agency"),
        sort=word(Sort, "sort") or usual,
        descending=request.args.get("order") == "down",
    )
