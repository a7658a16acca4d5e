"""Registers: which are to be marked, and one of them with a button for each answer.

Made for a phone in the room: each tap says what is to be, so that one whose answer was lost on the
way can be tapped again.
"""

from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import words
from webapp.models import Attendance, CourseDate
from webapp.services import agencies, audit, course_dates, register_lists, registers, stories
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import number, page_number, same_list, text
from webapp.web.organiser.blueprint import bp, organises
from webapp.web.organiser.walk_ins import WalkInForm
from webapp.web.security import limiter

# Several rooms of a building come from one address.
TAPS = "300 per minute; 3000 per hour"
JUST_MARKED = "just marked"
# Which register somebody marked the rest of, and when: for so long one button takes it back.
REST = "rest marked"
TAKEN_BACK_WITHIN = timedelta(minutes=10)


class ReopenForm(Form):
    reason = fields.paragraphs(
        "Why it has to be changed", "Enter the reason", most=500, hint="Kept in the audit log."
    )


@bp.get("/registers", endpoint="registers")
def all_registers() -> str:
    now, me = clock.now(), identity.me()
    everything = request.args.get("show") == "all"
    mine = not organises(me) or request.args.get("whose") == "mine"
    found = register_lists.dates(
        to_mark=not everything, trainer=me if mine else None, number=page_number(), now=now
    )
    return render_template(
        "organiser/registers.html",
        found=found,
        counts=register_lists.counts(found.rows),
        closed=register_lists.closed(found.rows, now),
        everything=everything,
        mine=mine,
        again=same_list("show", "whose"),
    )


@bp.get("/dates/<int:date_id>/register")
def register(date_id: int) -> str:
    date, now = course_dates.get(date_id), clock.now()
    form = WalkInForm(formdata=None)
    form.offer(agencies.choices())
    page = render_template(
        "organiser/register.html",
        date=date,
        found=register_lists.of_date(date, text("q"), page_number()),
        text=text("q"),
        again=same_list("q"),
        counts=register_lists.counts([date])[date.id],
        why_locked=(why_locked := registers.why_locked(date, now)),
        why_not_rest=None if why_locked else registers.why_not_rest(date, now),
        is_closed=registers.is_closed(date, now),
        closes_at=registers.closes_at(date) if date.ends_at else None,
        everything=organises(identity.me()),
        walk_in=form,
        can_take_back=_rest_marked_at(date_id, now) is not None,
    )
    # Coming back from a tap is no further look.
    if session.pop(JUST_MARKED, None) != date_id:
        watch.saw("saw the register", course_date=date)
    return page


@bp.route("/dates/<int:date_id>/register/<int:booking_id>", methods=["GET", "POST"])
@limiter.limit(TAPS, methods=["POST"])
def mark(date_id: int, booking_id: int) -> ResponseReturnValue:
    """Asked for, it leads to the person: that is where somebody lands who had to sign in first."""
    if request.method == "POST":
        said, now = request.form.get("attendance"), clock.now()
        if said not in {"", *Attendance}:
            abort(400)
        attendance = Attendance(said) if said else None
        date = course_dates.get(date_id)
        booking = registers.get(date, booking_id)
        if registers.mark(booking, attendance, identity.me(), now=now):
            audit.record(
                identity.me(),
                stories.MARKED,
                course_date=date,
                booking=booking,
                detail=attendance or "not marked",
                now=now,
            )
        db.session.commit()
        session[JUST_MARKED] = date_id
    here = f"person-{booking_id}"
    return redirect(
        url_for(".register", date_id=date_id, q=text("q"), page=number("page"), _anchor=here)
    )


@bp.route("/dates/<int:date_id>/register/rest", methods=["GET", "POST"])
def rest_present(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    if request.method == "POST":
        marked = registers.rest_present(date, identity.me(), now=now)
        if marked:
            _record("marked the rest of the register present", date, people=len(marked))
            session[REST] = [date_id, now.isoformat()]
        db.session.commit()
        people = words.counted(len(marked), "person", "people")
        flash(f"{people} marked as attended." if marked else "Nobody was left to mark.", "success")
        session[JUST_MARKED] = date_id
        return redirect(url_for(".register", date_id=date_id))
    return render_template(
        "organiser/register_rest.html",
        date=date,
        rest=register_lists.some_unmarked(date, page_number()),
        again=same_list(),
        why_not=registers.why_locked(date, now) or registers.why_not_rest(date, now),
    )


@bp.post("/dates/<int:date_id>/register/rest/undo")
def take_back_rest(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    marked_at = _rest_marked_at(date_id, now)
    if marked_at is None:
        raise Refused("It is too long ago to be taken back at once. Clear each mark by itself.")
    cleared = registers.take_back(date, identity.me(), marked_at=marked_at, now=now)
    if cleared:
        _record("took back the rest of the register", date, people=len(cleared))
    db.session.commit()
    session.pop(REST)
    flash(f"{words.counted(len(cleared), 'person', 'people')} without a mark again.", "success")
    session[JUST_MARKED] = date_id
    return redirect(url_for(".register", date_id=date_id))


@bp.route("/dates/<int:date_id>/register/reopen", methods=["GET", "POST"])
def reopen_register(date_id: int) -> ResponseReturnValue:
    form, date, now = ReopenForm(), course_dates.get(date_id), clock.now()
    if form.validate_on_submit():
        registers.reopen(date, now=now)
        audit.record(
            identity.me(),
            "opened the register again",
            course_date=date,
            detail=form.reason.data,
            now=now,
        )
        db.session.commit()
        flash(
            f"The register is open again until {words.moment(registers.closes_at(date))}.",
            "success",
        )
        return redirect(url_for(".register", date_id=date_id))
    return render_template(
        "organiser/register_reopen.html",
        date=date,
        form=form,
        is_closed=registers.is_closed(date, now),
        why_locked=registers.why_locked(date, now),
    )


def _rest_marked_at(date_id: int, now: datetime) -> datetime | None:
    """When the one who asks marked the rest of this register, if that was a moment ago."""
    which, at = session.get(REST, (None, ""))
    if which != date_id:
        return None
    marked_at = datetime.fromisoformat(at)
    return marked_at if now - marked_at < TAKEN_BACK_WITHIN else None


def _record(action: str, date: CourseDate, *, people: int) -> None:
    detail = words.counted(people, "person", "people")
    audit.record(identity.me(), action, course_date=date, detail=detail, now=clock.now())
