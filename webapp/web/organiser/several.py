"""Several people of a date at once: ticked on its list, named once more, and then cancelled or
moved, all of them or none."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotAll, Refused
from webapp.formats import words
from webapp.formats.words import counted
from webapp.models import Booking, CourseDate
from webapp.services import attendee_lists, audit, bookings, course_dates, merging, moving, places
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import page_number, same_list, ticked
from webapp.web.organiser.attendees import asked
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import CancelForm
from webapp.web.organiser.moving import MoveForm

NOBODY = "Nobody was chosen: tick the people you mean, or everybody."

Why = Callable[[Booking], str | None]


@bp.route("/dates/<int:date_id>/attendees/cancel", methods=["GET", "POST"])
def cancel_several(date_id: int) -> ResponseReturnValue:
    form, now = CancelForm(), clock.now()
    date = course_dates.get(date_id)
    if date.is_past(now):
        raise Refused("This date has passed, so bookings can no longer be cancelled.")
    found = chosen(date)
    if not found:
        return nobody_ticked()
    if form.validate_on_submit():
        try:
            bookings.cancel_all(found, reason=form.reason.data, now=now)
        except Refused:
            db.session.rollback()  # the page says whose booking it was
        else:
            for one in found:
                audit.record(
                    identity.me(), "cancelled a booking", course_date=date, booking=one, now=now
                )
            db.session.commit()
            flash(f"{_bookings(found)} cancelled. We have written to each of them.", "success")
            return redirect(url_for(".attendees", date_id=date.id))
    return _page("cancel", date, found, bookings.why_not_cancelled, now, form=form)


@bp.route("/dates/<int:date_id>/attendees/move", methods=["GET", "POST"])
def move_several(date_id: int) -> ResponseReturnValue:
    form, now = MoveForm(), clock.now()
    date = course_dates.get(date_id)
    found = chosen(date)
    if not found:
        return nobody_ticked()
    dates = merging.targets(date, now=now)
    form.offer(dates, found, now)
    cannot: Sequence[tuple[str, str]] = ()
    if dates and form.validate_on_submit():
        try:
            moved = form.move(found, now)
        except NotAll as refusal:
            db.session.rollback()
            cannot = refusal.reasons
            form.to.errors = ["Nobody was moved, since not all of them can go there"]
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal, form.to)
        else:
            db.session.commit()
            when = words.when(form.date)
            flash(f"{_bookings(moved)} moved to {when}. We have written to each.", "success")
            return redirect(url_for(".attendees", date_id=form.date.id))
    return _page(
        "move",
        date,
        found,
        lambda one: moving.why_not_moved(one, now),
        now,
        form=form,
        dates=dates,
        refused=cannot,
    )


def chosen(date: CourseDate) -> Sequence[Booking]:
    """Who was ticked on the list: by name, or as everybody on the page or in the list."""
    ids = ticked("booking")
    everybody = request.args.get("everybody")
    if everybody and request.method == "GET":
        number = page_number() if everybody == "page" else None
        ids |= set(attendee_lists.ids_of_date(date, asked(), number))
    return attendee_lists.chosen(date, ids)


def nobody_ticked() -> ResponseReturnValue:
    """Back to the list as it was, with a word about it."""
    flash(NOBODY, "error")
    as_it_was = same_list("state", "q", "agency", "sort", "order", "page")
    return redirect(as_it_was(".attendees"))


def _page(
    what: str,
    date: CourseDate,
    found: Sequence[Booking],
    why_not: Why,
    now: datetime,
    **facts: object,
) -> ResponseReturnValue:
    cannot = {one.id: reason for one in found if (reason := why_not(one))}
    page = render_template(
        f"organiser/{what}_several.html",
        date=date,
        chosen=found,
        cannot=cannot,
        others=[one.id for one in found if one.id not in cannot],
        places=places.of(date, now),
        **facts,
    )
    if request.method == "GET":
        watch.saw("saw the attendee list", course_date=date)
    return page


def _bookings(several: Sequence[Booking]) -> str:
    return f"{counted(len(several), 'booking')} {'is' if len(several) == 1 else 'are'}"
