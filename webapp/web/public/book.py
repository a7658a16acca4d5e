"""Making a booking: the form, and the page after it, which never tells who had booked before."""

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import BookingClosed, Gone
from webapp.models import CourseDate, DateState
from webapp.services import agencies, bookings, charges, partnership, places, programme
from webapp.web.public import demonstration
from webapp.web.public.blueprint import bp
from webapp.web.public.forms import CHECK_AGENCY, AddressForm, BookingForm
from webapp.web.public.mailing import count_mail
from webapp.web.words import ours

# The session's own: which date or Week, the address typed, the random word of the form sent, and
# when. The same whether that form made a booking or the address had one already.
WRITTEN = "written"
# Many share a computer: who comes to it later may not move the booking to another address.
KNOWN_FOR = timedelta(hours=1)
NO_FORM = "This page is only there right after a booking."


@bp.route("/dates/<int:date_id>/book", methods=["GET", "POST"])
def book(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = programme.get_date(date_id)
    if date.why_not_bookable(now):
        return closed(date, now)
    terms = partnership.current_terms()
    form = BookingForm()
    form.fit(date, agencies.choices())
    form.ask_about(terms)
    if form.validate_on_submit():
        submission = token_urlsafe(16)
        count_mail(form.email.data, now)
        try:
            bookings.book(
                date,
                email=form.email.data,
                details=form.details(),
                terms=terms,
                submission=submission,
                now=now,
            )
        except BookingClosed:
            db.session.rollback()
            return closed(programme.get_date(date_id), now)
        db.session.commit()
        remember(date_id, form.email.data, submission, now)
        return redirect(url_for(".written", date_id=date_id))
    if form.is_submitted() and form.agency.data is None and not form.email.errors:
        suggest(form)
    return render_template(
        "public/bookings/book.html",
        date=date,
        form=form,
        places=places.of(date, now),
        terms=terms,
        policy=charges.policy(date, ours(), now=now),
    )


@bp.get("/dates/<int:date_id>/written")
def written(date_id: int) -> ResponseReturnValue:
    date = programme.get_date(date_id)
    sent = sent_for(date_id, clock.now())
    return _written(date, AddressForm(email=sent["email"]), sent)


@bp.post("/dates/<int:date_id>/correct")
def correct(date_id: int) -> ResponseReturnValue:
    """Another address for what this browser asked for; the page is the same in every case."""
    now = clock.now()
    date = programme.get_date(date_id)
    sent = sent_for(date_id, now)
    form = AddressForm()
    if not form.validate_on_submit():
        return _written(date, form, sent)
    count_mail(form.email.data, now)
    try:
        bookings.correct_address(
            date, submission=sent["submission"], email=form.email.data, now=now
        )
    except BookingClosed:
        db.session.rollback()
        return closed(programme.get_date(date_id), now)
    db.session.commit()
    remember(date_id, form.email.data, sent["submission"], now)
    return redirect(url_for(".written", date_id=date_id))


@bp.post("/dates/<int:date_id>/resend")
def resend(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = programme.get_date(date_id)
    sent = sent_for(date_id, now)
    count_mail(sent["email"], now)
    bookings.write_again(date, email=sent["email"], submission=sent["submission"], now=now)
    db.session.commit()
    return redirect(url_for(".written", date_id=date_id))


def closed(date: CourseDate, now: datetime) -> ResponseReturnValue:
    """Why this date cannot be booked, and which others of the course can."""
    over = date.state is DateState.CANCELLED or date.has_started(now)
    coming = programme.other_dates(date, now)
    others = [other for other in coming if other.why_not_bookable(now) is None]
    page = render_template(
        "public/bookings/closed.html",
        date=date,
        why_not=date.why_not_bookable(now),
        others=others,
        places=places.places_of(others, now),
    )
    return page, 410 if over else 409


def suggest(form: BookingForm) -> None:
    """Choose the agency by the email's domain, for the person to check."""
    agency = agencies.suggested(form.email.data)
    if agency:
        form.agency.data, form.agency.errors = agency.id, [CHECK_AGENCY]
        form.ask_which()


def remember(what: int | str, email: str, submission: str, now: datetime) -> None:
    session[WRITTEN] = {
        "date": what,
        "email": email,
        "submission": submission,
        "at": int(now.timestamp()),
    }


def sent_for(what: int | str, now: datetime, *, kept_as: str = WRITTEN) -> dict[str, Any]:
    """What this browser sent for this not long ago. Raises Gone when that is not known."""
    sent: dict[str, Any] | None = session.get(kept_as)
    if sent is None or sent["date"] != what:
        raise Gone(NO_FORM)
    if now - datetime.fromtimestamp(sent["at"], UTC) > KNOWN_FOR:
        raise Gone(NO_FORM)
    return sent


def _written(date: CourseDate, form: AddressForm, sent: dict[str, Any]) -> ResponseReturnValue:
    return render_template(
        "public/bookings/written.html",
        date=date,
        form=form,
        email=sent["email"],
        mails=demonstration.mails(sent["submission"]),
        resend=url_for(".resend", date_id=date.id),
        correct=url_for(".correct", date_id=date.id),
    )
