"""Asking to be told when a course has dates, and no longer wanting to be."""

from secrets import token_urlsafe

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Gone, NotFound
from webapp.models import Course, Kind
from webapp.services import interests, links, programme
from webapp.web.public import demonstration
from webapp.web.public.blueprint import bp
from webapp.web.public.forms import InterestForm
from webapp.web.public.mailing import count_mail

# The session's own: which course, the address typed, and the random word of the form sent.
ASKED = "asked"
WITHDRAWN = "We will no longer write to you about new dates of this course."


@bp.route("/courses/<slug>/interest", methods=["GET", "POST"])
def interest(slug: str) -> ResponseReturnValue:
    now = clock.now()
    course = _course(slug)
    form = InterestForm()
    if form.validate_on_submit():
        email, submission = form.email.data, token_urlsafe(16)
        count_mail(email, now)
        interests.register(course, name=form.name.data, email=email, submission=submission, now=now)
        db.session.commit()
        session[ASKED] = {"course": slug, "email": email, "submission": submission}
        return redirect(url_for(".interest_written", slug=slug))
    return render_template("public/interests/interest.html", course=course, form=form)


@bp.get("/courses/<slug>/interest/written")
def interest_written(slug: str) -> ResponseReturnValue:
    """The same page whether the address had asked before or not."""
    course = _course(slug)
    asked = session.get(ASKED)
    if asked is None or asked["course"] != slug:
        raise Gone("This page is only there right after the form before it.")
    return render_template(
        "public/interests/written.html",
        course=course,
        email=asked["email"],
        mails=demonstration.mails(asked["submission"]),
    )


@bp.route("/interests/<token>", methods=["GET", "POST"])
def withdraw_interest(token: str) -> ResponseReturnValue:
    """GET only asks, since mail scanners follow links; the pressed button withdraws."""
    interest = links.open_interest(token)
    if request.method == "POST":
        interests.withdraw(interest, now=clock.now())
        db.session.commit()
        flash(WITHDRAWN, "success")
        return redirect(url_for(".withdraw_interest", token=token))
    return render_template("public/interests/withdraw.html", interest=interest, token=token)


def _course(slug: str) -> Course:
    course = programme.get_course(slug)
    if course.kind is Kind.E_LEARNING:
        raise NotFound("E-learning has no dates to wait for.")
    return course
