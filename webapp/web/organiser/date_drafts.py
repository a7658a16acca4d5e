"""Drafts of dates: looked through, published, thrown away; and a published one taken back."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats import words
from webapp.formats.words import counted
from webapp.models import CourseDate
from webapp.services import (
    audit,
    course_dates,
    date_drafts,
    doubts,
    interests,
    telling,
    undoing,
)
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.asked import page_number, same_list, ticked
from webapp.web.organiser.blueprint import bp

NOTHING_TICKED = "Tick the dates that you mean."


@bp.get("/dates/drafts")
def drafts() -> ResponseReturnValue:
    now = clock.now()
    found = course_dates.drafts(page_number())
    return render_template(
        "organiser/drafts.html",
        found=found,
        why_not={date.id: date_drafts.why_not_published(date, now) for date in found.rows},
        doubted=doubts.of_days(
            {date.id: [(day.starts_at, day.ends_at) for day in date.days] for date in found.rows}
        ),
        interested=interests.counts(),
        form=Form(),
        again=same_list(),
    )


@bp.post("/dates/drafts")
def publish_dates() -> ResponseReturnValue:
    """All that are ticked, or none of them."""
    now = clock.now()
    wanted = sorted(ticked("date"))
    if not wanted:
        flash(NOTHING_TICKED, "error")
    elif "discard" in request.form:
        return redirect(url_for(".discard_dates", date=wanted))
    else:
        _publish([course_dates.get(date_id) for date_id in wanted], now)
    return redirect(url_for(".drafts"))


@bp.route("/dates/drafts/discard", methods=["GET", "POST"])
def discard_dates() -> ResponseReturnValue:
    """Those that were ticked, named once more, and thrown away together."""
    now, form = clock.now(), Form()
    dates = [course_dates.get(date_id) for date_id in sorted(ticked("date"))]
    if not dates:
        flash(NOTHING_TICKED, "error")
        return redirect(url_for(".drafts"))
    if form.validate_on_submit():
        _discard(dates, now)
        flash(f"{counted(len(dates), 'draft')} thrown away.", "success")
        return redirect(url_for(".drafts"))
    why_not = {date.id: date_drafts.why_not_discarded(date) for date in dates}
    return render_template("organiser/discard_dates.html", dates=dates, form=form, why_not=why_not)


@bp.route("/dates/<int:date_id>/publish", methods=["GET", "POST"])
def publish_date(date_id: int) -> ResponseReturnValue:
    now, form = clock.now(), Form()
    date = course_dates.get(date_id)
    if form.validate_on_submit():
        _publish([date], now)
        return redirect(url_for(".attendees", date_id=date.id))
    return render_template(
        "organiser/publish_date.html",
        date=date,
        form=form,
        why_not=date_drafts.why_not_published(date, now),
        doubted=doubts.of(date, now=now),
        why_not_discarded=date_drafts.why_not_discarded(date),
        turn=telling.next_turn(date.course, [date], now),
    )


@bp.route("/dates/<int:date_id>/withdraw", methods=["GET", "POST"])
def withdraw_date(date_id: int) -> ResponseReturnValue:
    now, form = clock.now(), Form()
    date = course_dates.get(date_id)
    why_not = date_drafts.why_not_withdrawn(date, now)
    if why_not is None and form.validate_on_submit():
        was = undoing.look(date, now=now)
        date_drafts.withdraw(date, now=now)
        line = audit.record(identity.me(), "withdrew a date", course_date=date, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("The date is a draft again: only organisers see it.", "success")
        return redirect(url_for(".publish_date", date_id=date.id))
    page = render_template("organiser/withdraw_date.html", date=date, form=form, why_not=why_not)
    return page, 409 if why_not else 200


@bp.post("/dates/<int:date_id>/discard")
def discard_date(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    course_id = date.course_id
    _discard([date], now)
    flash("The draft is thrown away.", "success")
    return redirect(url_for(".course", course_id=course_id))


def _discard(dates: Sequence[CourseDate], now: datetime) -> None:
    """All of them or none, which the audit log names."""
    names = [f"{date.course.slug}: {words.when(date)}" for date in dates]
    for date, name in zip(dates, names, strict=True):
        date_drafts.discard(date)
        audit.record(identity.me(), "threw a draft away", detail=name, now=now)
    db.session.commit()


def _publish(dates: Sequence[CourseDate], now: datetime) -> None:
    was = undoing.look(*dates, *(date.course for date in dates), now=now)
    told = date_drafts.publish_all(dates, now=now)
    me, done = identity.me(), "published a date"
    lines = [audit.record(me, done, course_date=date, now=now) for date in dates]
    undo.offer(was, *lines, now=now)
    db.session.commit()
    others_follow = any(date.tell_interested_at for date in dates)
    flash(f"{_published(len(dates))} {_told(told, others_follow)}", "success")


def _published(number: int) -> str:
    return "The date is published." if number == 1 else f"{counted(number, 'date')} are published."


def _told(told: int, others_follow: bool) -> str:
    if not told:
        later = "Whoever wants to hear of it is told when booking opens."
        return later if others_follow else "Nobody was waiting to hear of it."
    written = f"We have written to {counted(told, 'person', 'people')} who wanted to hear."
    return f"{written} The others follow when it is their turn." if others_follow else written
