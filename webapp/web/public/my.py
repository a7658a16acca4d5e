"""Everything one person has booked, behind a link sent by mail; and their calendar feed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Gone
from webapp.formats import words
from webapp.models import Booking, BookingState, DateState
from webapp.services import attempts, bookings, links, practitioners, team_bookings
from webapp.web.public import demonstration
from webapp.web.public.blueprint import bp
from webapp.web.public.forms import COURSE, TRAINING, AddressForm, DiaryForm
from webapp.web.public.mailing import count_mail

# The session's own: the address typed and the random word of the form sent.
SENT = "my"
# A hospital or a council may ask from one address.
ASKS = 60
ASKS_WITHIN = timedelta(hours=1)
NEW_FEED = "Your calendar feed has a new address. The old one has stopped: put in the new one."
DIARY_SAYS = {
    True: "Your diary says only “Training” from now on.",
    False: "Your diary says what training it is from now on.",
}
SENT_AGAIN = "We have sent you {} again. Accept what your calendar asks you to."
LINKS_ENDED = "All links to your bookings that we sent you so far have stopped working."


@bp.route("/my", methods=["GET", "POST"])
def my() -> ResponseReturnValue:
    now = clock.now()
    form = AddressForm()
    if form.validate_on_submit():
        email, submission = form.email.data, token_urlsafe(16)
        where = str(request.remote_addr)
        attempts.count_and_refuse("my-link", where, limit=ASKS, within=ASKS_WITHIN, now=now)
        count_mail(email, now)
        practitioners.send_my_link(email, submission=submission, now=now)
        db.session.commit()
        return sent_to(email, submission)
    return render_template("public/my/my.html", form=form)


@bp.get("/my/sent")
def my_sent() -> ResponseReturnValue:
    """The same page whether we know the address or not."""
    sent = session.get(SENT)
    if sent is None:
        return redirect(url_for(".my"))
    return render_template(
        "public/my/sent.html",
        email=sent["email"],
        mails=demonstration.mails(sent["submission"]),
        days=links.MY_LINK_LASTS.days,
    )


@bp.get("/my/<token>")
def my_bookings(token: str) -> ResponseReturnValue:
    now = clock.now()
    try:
        practitioner = links.open_my(token, now)
    except Gone as error:
        return render_template("public/my/expired.html", form=AddressForm(), reason=error), 410
    return render_template(
        "public/my/bookings.html",
        token=token,
        practitioner=practitioner,
        groups=grouped(bookings.of_practitioner(practitioner), now),
        feed=links.feed_token(practitioner),
        made=links.team_token(practitioner) if team_bookings.has_made_any(practitioner) else None,
    )


@bp.post("/my/<token>/new-feed")
def new_feed(token: str) -> ResponseReturnValue:
    """Another address for the feed; whoever has the old one sees nothing any more."""
    practitioner = links.open_my(token, clock.now())
    practitioners.renew_feed(practitioner)
    db.session.commit()
    flash(NEW_FEED, "success")
    return redirect(url_for(".my_bookings", token=token))


@bp.route("/my/<token>/diary", methods=["GET", "POST"])
def diary(token: str) -> ResponseReturnValue:
    """Whether their diary says what they come to: colleagues may look into it."""
    now = clock.now()
    practitioner = links.open_my(token, now)
    form = DiaryForm(data={"says": TRAINING if practitioner.is_discreet else COURSE})
    if form.validate_on_submit():
        if form.is_discreet != practitioner.is_discreet:
            count_mail(practitioner.email, now)
        sent = practitioners.choose_title(practitioner, form.is_discreet, now=now)
        db.session.commit()
        again = SENT_AGAIN.format(words.counted(sent, "invitation")) if sent else ""
        flash(f"{DIARY_SAYS[form.is_discreet]} {again}".strip(), "success")
        return redirect(url_for(".my_bookings", token=token))
    return render_template("public/my/diary.html", token=token, form=form)


@bp.post("/my/<token>/end-links")
def end_links(token: str) -> ResponseReturnValue:
    """No link sent so far opens anything any more, this page's own included; a new one is sent.

    Mails to an address are counted, but not here: who has lost a link must always get it stopped.
    """
    now, submission = clock.now(), token_urlsafe(16)
    practitioner = links.open_my(token, now)
    practitioners.end_links(practitioner, submission=submission, now=now)
    db.session.commit()
    flash(LINKS_ENDED, "success")
    return sent_to(practitioner.email, submission)


def sent_to(email: str, submission: str) -> ResponseReturnValue:
    session[SENT] = {"email": email, "submission": submission}
    return redirect(url_for(".my_sent"))


def grouped(found: Iterable[Booking], now: datetime) -> dict[str, list[tuple[Booking, str]]]:
    """Bookings with their links as people look for them, under the headings of the page."""
    groups: dict[str, list[tuple[Booking, str]]] = {
        "Coming": [],
        "Waiting": [],
        "Postponed": [],
        "Past": [],
        "Cancelled": [],
    }
    for booking in sorted(found, key=first_day):
        groups[group(booking, now)].append((booking, links.booking_token(booking)))
    groups["Past"].reverse()
    groups["Cancelled"].reverse()
    return groups


def first_day(booking: Booking) -> datetime:
    """When it begins; while it is postponed, when it was to begin."""
    date = booking.course_date
    return date.starts_at or date.days[0].starts_at


def group(booking: Booking, now: datetime) -> str:
    date = booking.course_date
    if not booking.is_live or date.state is DateState.CANCELLED:
        return "Cancelled"
    if date.state is DateState.POSTPONED:
        return "Postponed"
    if date.is_past(now):
        return "Past"
    return "Coming" if booking.state is BookingState.CONFIRMED else "Waiting"
