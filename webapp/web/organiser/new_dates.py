"""New dates of a course, from nothing or as a copy: drafts, until somebody publishes them."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Course, CourseDate, CourseDay, DateState, Kind
from webapp.services import (
    agendas,
    arrangements,
    audit,
    course_dates,
    courses,
    date_drafts,
    programme_copies,
    venues,
)
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import DateForm

NO_DATES = "E-learning is taken at any time, so it has no dates."


@bp.route("/courses/<int:course_id>/dates/new", methods=["GET", "POST"])
def new_date(course_id: int) -> ResponseReturnValue:
    return _make(courses.get(course_id), None)


@bp.route("/dates/<int:date_id>/copy", methods=["GET", "POST"])
def copy_date(date_id: int) -> ResponseReturnValue:
    source = course_dates.get(date_id)
    return _make(source.course, source)


def _make(course: Course, source: CourseDate | None) -> ResponseReturnValue:
    if course.kind is Kind.E_LEARNING:
        raise Refused(NO_DATES)
    now, form = clock.now(), DateForm()
    form.fit(_proposal(source, now), now)
    if form.validate_on_submit():
        try:
            made = _add(course, form, now)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            return redirect(url_for(".publish_date", date_id=made.id))
    elif not form.is_submitted():
        form.show()
    return render_template("organiser/new_date.html", course=course, source=source, form=form)


def _add(course: Course, form: DateForm, now: datetime) -> CourseDate:
    new = form.arrangements(now)
    if form.has_new_venue and new.venue:
        venues.add(new.venue)
    made = date_drafts.add(
        course,
        new,
        agenda=agendas.rows(form.agenda.data or []),
        trainers=form.chosen_trainers(),
        now=now,
    )
    audit.record(identity.me(), "added a date", course_date=made, now=now)
    db.session.commit()
    flash("The date is a draft. Visitors see it once you publish it.", "success")
    return made


def _proposal(source: CourseDate | None, now: datetime) -> CourseDate:
    """What stands in the form at first; this row is never kept."""
    if source is None:
        return CourseDate(state=DateState.DRAFT)
    new = programme_copies.again(source, now=now)
    facts = {name: getattr(new, name) for name in arrangements.NAMES if name != "days"}
    return CourseDate(
        state=DateState.DRAFT,
        starts_at=new.days[0][0] if new.days else None,
        ends_at=new.days[-1][1] if new.days else None,
        all_days=[CourseDay(starts_at=starts, ends_at=ends) for starts, ends in new.days],
        agenda=agendas.rows(agendas.of(source)),
        trainers=[trainer for trainer in source.trainers if trainer.active],
        **facts,
    )
