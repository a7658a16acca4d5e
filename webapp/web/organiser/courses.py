"""The courses of the partnership: found, added, changed, copied, published and withdrawn."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Course
from webapp.services import agencies, audit, course_dates, courses, interests, places, undoing
from webapp.web.organiser import identity, undo
from webapp.web.organiser.asked import page_number, same_list, text
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.course_form import CourseForm


@bp.get("/courses", endpoint="courses")
def list_courses() -> ResponseReturnValue:
    wanted = text("q")
    found = courses.everything(wanted, page_number())
    return render_template(
        "organiser/courses.html",
        found=found,
        counts=courses.date_counts(found.rows, clock.now()),
        interested=interests.counts(),
        wanted=wanted,
        drafts=course_dates.how_many_drafts(),
        again=same_list("q"),
    )


@bp.get("/courses/<int:course_id>")
def course(course_id: int) -> ResponseReturnValue:
    now = clock.now()
    shown = courses.get(course_id)
    found = course_dates.of_course(shown, page_number())
    return render_template(
        "organiser/course.html",
        course=shown,
        found=found,
        places=places.places_of(found.rows, now),
        interested=interests.counts().get(shown.id, 0),
        why_not_withdrawn=courses.why_not_withdrawn(shown, now),
        again=same_list(),
    )


@bp.route("/courses/new", methods=["GET", "POST"])
def new_course() -> ResponseReturnValue:
    return _make(None)


@bp.route("/courses/<int:course_id>/copy", methods=["GET", "POST"])
def copy_course(course_id: int) -> ResponseReturnValue:
    return _make(courses.get(course_id))


def _make(source: Course | None) -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        now = clock.now()
        made = courses.add(form.about(), published=False, now=now)
        audit.record(identity.me(), "added a course", detail=made.slug, now=now)
        db.session.commit()
        flash("The course is a draft. Visitors see it once you publish it.", "success")
        return redirect(url_for(".course", course_id=made.id))
    if source and not form.is_submitted():
        form.show(source)
    return render_template("organiser/course_edit.html", course=None, source=source, form=form)


@bp.route("/courses/<int:course_id>/edit", methods=["GET", "POST"])
def edit_course(course_id: int) -> ResponseReturnValue:
    course, form = courses.get(course_id), _form()
    now = clock.now()
    was = undoing.look(course, now=now) if form.is_submitted() else {}
    stale = form.is_stale(course)
    if form.validate_on_submit() and not stale:
        try:
            courses.change(course, form.about(course.announced_on), now=now)
        except Refused as refusal:
            form.kind.errors = [str(refusal)]
        else:
            line = audit.record(identity.me(), "changed a course", detail=course.slug, now=now)
            undo.offer(was, line, now=now)
            db.session.commit()
            flash("Your changes are kept. Nobody was written to.", "success")
            return redirect(url_for(".course", course_id=course.id))
    elif not form.is_submitted():
        form.show(course)
    return render_template(
        "organiser/course_edit.html", course=course, source=None, form=form, stale=stale
    )


@bp.post("/courses/<int:course_id>/publish")
def publish_course(course_id: int) -> ResponseReturnValue:
    now, course = clock.now(), courses.get(course_id)
    was = undoing.look(course, now=now)
    courses.publish(course, now=now)
    line = audit.record(identity.me(), "published a course", detail=course.slug, now=now)
    undo.offer(was, line, now=now)
    db.session.commit()
    flash("The course is published: visitors see it in the programme.", "success")
    return redirect(url_for(".course", course_id=course.id))


@bp.post("/courses/<int:course_id>/withdraw")
def withdraw_course(course_id: int) -> ResponseReturnValue:
    now, course = clock.now(), courses.get(course_id)
    was = undoing.look(course, now=now)
    try:
        courses.withdraw(course, now=now)
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        line = audit.record(identity.me(), "withdrew a course", detail=course.slug, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("The course is withdrawn: only organisers see it and its dates.", "success")
    return redirect(url_for(".course", course_id=course_id))


def _form() -> CourseForm:
    form = CourseForm()
    form.offer(agencies.sectors())
    return form
