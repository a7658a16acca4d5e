"""Booking several sessions of a Week by one form, and the neutral page after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from secrets import token_urlsafe
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import BookingClosed
from webapp.models import CourseDate, Week
from webapp.services import agencies, charges, clashes, partnership, places, week_bookings, weeks
from webapp.services.clashes import Clash
from webapp.web import fields
from webapp.web.public import demonstration
from webapp.web.public.blueprint import bp
from webapp.web.public.book import remember, sent_for, suggest
from webapp.web.public.forms import AddressForm, BookingForm
from webapp.web.public.mailing import count_week
from webapp.web.public.weeks import look_at
from webapp.web.words import ours

NOTHING = "Tick the sessions you would like to come to, and then continue."
TOO_MANY = "You can book {} sessions at a time. Untick some, and book them afterwards."
CLOSED = "{} So nothing has been booked yet. Look at your sessions, and send the form again."


class SessionsForm(BookingForm):
    """The form of a booking, filled in once for all sessions."""

    overlaps = fields.tick(
        "Some of these sessions overlap, and I want to book them all the same",
        "Take one of the sessions that overlap out above, or say that you want to book them all",
    )


@dataclass(frozen=True)
class Basket:
    """What somebody has ticked, as it stands now."""

    dates: Sequence[CourseDate]
    now: datetime

    @cached_property
    def bookable(self) -> list[CourseDate]:
        return [date for date in self.dates if date.why_not_bookable(self.now) is None]

    @cached_property
    def against(self) -> dict[int, list[Clash]]:
        return clashes.among(self.bookable)

    @property
    def overlap(self) -> bool:
        return any(clash.overlaps for those in self.against.values() for clash in those)

    @property
    def why_not(self) -> str | None:
        """One sentence saying why there is no form for it; None when there is."""
        if not self.dates:
            return NOTHING
        many = len(self.bookable) > week_bookings.MOST
        return TOO_MANY.format(week_bookings.MOST) if many else None

    def form(self) -> SessionsForm:
        """It asks about food where one of them has some."""
        form = SessionsForm()
        in_a_room = [date for date in self.bookable if not date.is_online]
        form.fit([*in_a_room, *self.dates][0], agencies.choices())
        if not self.overlap:
            del form.overlaps
        return form


@bp.route("/weeks/<slug>/book", methods=["GET", "POST"])
def book_week(slug: str) -> ResponseReturnValue:
    now, look = clock.now(), look_at(slug)
    basket, problem = Basket(weeks.chosen(look.week, look.ticked), now), None
    if basket.why_not:
        flash(basket.why_not, "error")
        return redirect(look.address())
    form, terms = basket.form(), partnership.current_terms()
    form.ask_about(terms)
    if basket.bookable and form.validate_on_submit():
        submission = token_urlsafe(16)
        count_week(form.email.data, now)
        try:
            week_bookings.book(
                look.week,
                basket.bookable,
                email=form.email.data,
                details=form.details(),
                terms=terms,
                submission=submission,
                now=now,
            )
        except BookingClosed as refusal:
            db.session.rollback()
            problem = CLOSED.format(refusal)
            look = look_at(slug)
            basket = Basket(weeks.chosen(look.week, look.ticked), now)
        else:
            db.session.commit()
            remember(_named(slug), form.email.data, submission, now)
            return redirect(url_for(".week_written", slug=slug))
    elif form.is_submitted() and form.agency.data is None and not form.email.errors:
        suggest(form)
    page = render_template(
        "public/weeks/book.html",
        week=look.week,
        look=look,
        basket=basket,
        places=places.places_of(basket.dates, now),
        policies=charges.policies(basket.bookable, ours(), now=now),
        form=form,
        terms=terms,
        problem=problem,
    )
    return page, 409 if problem else 200


@bp.get("/weeks/<slug>/written")
def week_written(slug: str) -> ResponseReturnValue:
    week, sent = weeks.published(slug), sent_for(_named(slug), clock.now())
    return _written(week, AddressForm(email=sent["email"]), sent)


@bp.post("/weeks/<slug>/correct")
def correct_week(slug: str) -> ResponseReturnValue:
    """Another address for what this browser asked for; the page is the same in every case."""
    now, week = clock.now(), weeks.published(slug)
    sent = sent_for(_named(slug), now)
    form = AddressForm()
    if not form.validate_on_submit():
        return _written(week, form, sent)
    email, submission = form.email.data, sent["submission"]
    count_week(email, now)
    week_bookings.correct_address(week, submission=submission, email=email, now=now)
    db.session.commit()
    remember(_named(slug), email, submission, now)
    return redirect(url_for(".week_written", slug=slug))


@bp.post("/weeks/<slug>/resend")
def resend_week(slug: str) -> ResponseReturnValue:
    now, week = clock.now(), weeks.published(slug)
    sent = sent_for(_named(slug), now)
    count_week(sent["email"], now)
    week_bookings.write_again(week, email=sent["email"], submission=sent["submission"], now=now)
    db.session.commit()
    return redirect(url_for(".week_written", slug=slug))


def _named(slug: str) -> str:
    """What the session calls what was sent; dates are called by their numbers."""
    return f"week {slug}"


def _written(week: Week, form: AddressForm, sent: dict[str, Any]) -> ResponseReturnValue:
    return render_template(
        "public/weeks/written.html",
        week=week,
        form=form,
        email=sent["email"],
        mails=demonstration.mails(sent["submission"]),
        resend=url_for(".resend_week", slug=week.slug),
        correct=url_for(".correct_week", slug=week.slug),
    )
