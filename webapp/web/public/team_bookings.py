"""Booking for colleagues: the form, a look at it, the page after it; and, behind a link sent by
mail, what somebody booked for others."""

from datetime import datetime
from secrets import token_urlsafe

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import BookingClosed, Full, Refused
from webapp.models import CourseDate
from webapp.services import agencies, charges, links, partnership, places, programme, team_bookings
from webapp.web.public import demonstration
from webapp.web.public.blueprint import bp
from webapp.web.public.book import closed, sent_for, suggest
from webapp.web.public.mailing import count_team
from webapp.web.public.team_forms import ALL, FitForm, TeamForm
from webapp.web.words import ours

# The session's own: which date, to how many it wrote, the booker's address, the form, and when.
WRITTEN = "team-written"
CANCELLED = "Cancelled. We have written to whoever had a booking by you."
NOBODY = "Tick at least one person"


@bp.route("/dates/<int:date_id>/team", methods=["GET", "POST"])
def book_team(date_id: int) -> ResponseReturnValue:
    """Typed, looked at once more, and booked: each step carries all answers along."""
    now = clock.now()
    date = programme.get_date(date_id)
    if date.why_not_bookable(now):
        return closed(date, now)
    form = TeamForm(request.form if request.method == "POST" else None)
    form.offer(agencies.choices())
    form.ask_about(partnership.current_terms())
    step = request.form.get("step", "look")
    if step == "more":
        form.show_more()
    if step in {"more", "change"} or not form.validate_on_submit():
        if step not in {"more", "change"} and form.is_submitted():
            _suggest(form)
        return _form(date, form, now)
    return _book(date, form, now) if step == "book" else _check(date, form, FitForm(None), now)


@bp.get("/dates/<int:date_id>/team/written")
def team_written(date_id: int) -> ResponseReturnValue:
    """The same page whoever of them had a booking already."""
    date = programme.get_date(date_id)
    sent = sent_for(date_id, clock.now(), kept_as=WRITTEN)
    mails = demonstration.mails(sent["submission"])
    return render_template("public/team_bookings/written.html", date=date, sent=sent, mails=mails)


@bp.get("/booked/<token>")
def bookings_made(token: str) -> ResponseReturnValue:
    return _made(token)


@bp.post("/booked/<token>/cancel")
def cancel_made(token: str) -> ResponseReturnValue:
    now, booker = clock.now(), links.open_team(token)
    chosen = request.form.getlist("member", type=int)
    if not chosen:
        return _made(token, problem=NOBODY)
    try:
        team_bookings.cancel(booker, chosen, now=now)
    except Refused as refusal:
        db.session.rollback()
        return _made(token, problem=str(refusal)), 409
    db.session.commit()
    flash(CANCELLED, "success")
    return redirect(url_for(".bookings_made", token=token))


def _form(date: CourseDate, form: TeamForm, now: datetime) -> str:
    return render_template(
        "public/team_bookings/book.html",
        date=date,
        form=form,
        places=places.of(date, now),
        terms=partnership.current_terms(),
        most=team_bookings.MOST,
        policy=charges.policy(date, ours(), now=now),
    )


def _check(date: CourseDate, form: TeamForm, fit: FitForm, now: datetime) -> str:
    team, counts = form.made(), places.of(date, now)
    return render_template(
        "public/team_bookings/check.html",
        date=date,
        form=fit,
        team=team,
        kept=form.kept(),
        places=counts,
        left=counts.left_for(team.sector_id),
    )


def _book(date: CourseDate, form: TeamForm, now: datetime) -> ResponseReturnValue:
    fit, team = FitForm(), form.made()
    if date.capacity is not None and not fit.validate():
        return _check(date, form, fit, now)
    submission = token_urlsafe(16)
    count_team(team.email, team.colleagues, str(request.remote_addr), now)
    try:
        team_bookings.book(
            date,
            team,
            all_or_nobody=fit.fit.data == ALL,
            terms=partnership.current_terms(),
            submission=submission,
            now=now,
        )
    except BookingClosed:
        db.session.rollback()
        return closed(programme.get_date(date.id), now)
    except Full as full:
        db.session.rollback()
        fit.fit.errors = [str(full)]
        return _check(date, form, fit, now)
    db.session.commit()
    session[WRITTEN] = {
        "date": date.id,
        "number": len(team.colleagues),
        "email": team.email,
        "submission": submission,
        "at": int(now.timestamp()),
    }
    return redirect(url_for(".team_written", date_id=date.id))


def _suggest(form: TeamForm) -> None:
    if form.agency.data is None and not form.email.errors:
        suggest(form)


def _made(token: str, *, problem: str | None = None) -> str:
    booker = links.open_team(token)
    return render_template(
        "public/team_bookings/made.html",
        token=token,
        booker=booker,
        teams=team_bookings.made_by(booker),
        can_cancel=team_bookings.can_cancel,
        problem=problem,
    )
