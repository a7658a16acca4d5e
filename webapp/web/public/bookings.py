"""One booking, on the private page its mails link to: see, change, answer an offer, book again."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import OfferOver, Refused
from webapp.models import Booking, BookingState, DateState, Ending
from webapp.services import (
    agencies,
    bookings,
    certificates,
    charges,
    evaluations,
    handouts,
    links,
    partnership,
    waiting_list,
)
from webapp.web.public.blueprint import bp
from webapp.web.public.forms import ChangeForm, ConfirmForm
from webapp.web.words import ours

CHANGED = "Your details have been changed."
ACCEPTED = "The place is yours. We have sent you the confirmation and a calendar invitation."
DECLINED = "You have let the place go. If somebody is waiting, it has been offered to them."
BOOKED_AGAIN = "You have booked again. We have written to you to say how your booking stands."
ANSWERS = {
    "accept": (waiting_list.accept, ACCEPTED),
    "decline": (waiting_list.decline, DECLINED),
}
# How a booking may have ended so that its link takes the person back. Who was moved has a place
# already, on the other date.
MAY_COME_BACK = {
    Ending.BY_PRACTITIONER,
    Ending.BY_BOOKER,
    Ending.BY_MANAGER,
    Ending.SUBSTITUTED,
    Ending.OFFER_DECLINED,
    Ending.OFFER_LAPSED,
}
# While a date is postponed people keep their places, and may give them up.
STANDING = {DateState.PUBLISHED, DateState.POSTPONED}


@bp.get("/bookings/<token>")
def booking(token: str) -> ResponseReturnValue:
    return _page(links.open_booking(token), token)


@bp.route("/bookings/<token>/change", methods=["GET", "POST"])
def change_booking(token: str) -> ResponseReturnValue:
    now = clock.now()
    booking = links.open_booking(token)
    if not can_change(booking, now):
        return redirect(url_for(".booking", token=token))
    kept = bookings.details_of(booking)
    asked = {**vars(kept), "agency": kept.agency.id}
    terms = partnership.current_terms() if booking.is_to_confirm else None
    form = ChangeForm(data=asked) if terms is None else ConfirmForm(data=asked)
    form.fit(booking.course_date, agencies.choices())
    if isinstance(form, ConfirmForm) and terms is not None:
        form.ask_about(terms)
    if form.validate_on_submit():
        bookings.change_details(booking, details=form.details(), terms=terms, now=now)
        db.session.commit()
        flash(CHANGED, "success")
        return redirect(url_for(".booking", token=token))
    return render_template(
        "public/bookings/change.html",
        booking=booking,
        token=token,
        form=form,
        terms=terms,
        policy=charges.policy_for(booking, ours()) if terms else None,
    )


@bp.post("/bookings/<token>/offer")
def offer(token: str) -> ResponseReturnValue:
    """Take the place that is kept, or let it go."""
    now = clock.now()
    booking = links.open_booking(token)
    if request.form.get("answer") not in ANSWERS:
        return redirect(url_for(".booking", token=token))
    answer, done = ANSWERS[request.form["answer"]]
    try:
        answer(booking, now=now)
    except OfferOver as error:
        return refused(token, error)
    db.session.commit()
    flash(done, "success")
    return redirect(url_for(".booking", token=token))


@bp.post("/bookings/<token>/book-again")
def book_again(token: str) -> ResponseReturnValue:
    now = clock.now()
    booking = links.open_booking(token)
    if booking.is_live:
        return redirect(url_for(".booking", token=token))
    if not can_come_back(booking, now):
        return refused(token, Refused("This date cannot be booked again from here."))
    try:
        again = bookings.book_again(booking, now=now)
    except Refused as error:
        return refused(token, error)
    db.session.commit()
    flash(BOOKED_AGAIN, "success")
    return redirect(url_for(".booking", token=links.booking_token(again)))


def can_change(booking: Booking, now: datetime) -> bool:
    """Whether there is still something to cancel or to put right."""
    date = booking.course_date
    return booking.is_live and date.state in STANDING and not date.has_started(now)


def can_come_back(booking: Booking, now: datetime) -> bool:
    bookable = booking.course_date.why_not_bookable(now) is None
    return bookable and booking.ending in MAY_COME_BACK


def refused(token: str, error: Refused) -> ResponseReturnValue:
    """The booking as it now stands, under the sentence that says why not."""
    db.session.rollback()
    return _page(links.open_booking(token), token, problem=str(error)), 409


def _page(booking: Booking, token: str, *, problem: str | None = None) -> str:
    now = clock.now()
    sure = booking.state is BookingState.CONFIRMED
    return render_template(
        "public/bookings/booking.html",
        booking=booking,
        date=booking.course_date,
        token=token,
        problem=problem,
        position=waiting_list.position(booking) if booking.is_in_line else None,
        policy=charges.policy_for(booking, ours()) if sure else None,
        to_confirm=booking.is_to_confirm and can_change(booking, now),
        can_take=waiting_list.can_take(booking, now),
        can_change=can_change(booking, now),
        can_come_back=can_come_back(booking, now),
        since=_since(booking),
        moved_to=_moved_to(booking),
        certificate_waits=certificates.waits_for_answers(booking, ours()),
        handouts=handouts.for_booking(booking),
        evaluation=None
        if evaluations.why_closed(booking, now)
        else links.evaluation_token(booking),
    )


def _since(booking: Booking) -> str | None:
    """The link of the booking the same person made for the same date after this one ended."""
    if booking.is_live:
        return None
    for other in bookings.of_practitioner(booking.practitioner):
        if other.is_live and other.course_date_id == booking.course_date_id:
            return links.booking_token(other)
    return None


def _moved_to(booking: Booking) -> tuple[Booking, str] | None:
    """The booking this person was moved to in the end, with its link.

    A place passed on is a colleague's, and the link to it theirs alone.
    """
    moved = booking
    while moved.ending is Ending.MOVED and moved.replaced_by is not None:
        moved = moved.replaced_by
    if moved is booking or moved.practitioner_id != booking.practitioner_id:
        return None
    return moved, links.booking_token(moved)
