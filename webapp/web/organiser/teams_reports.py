"""Marking a register from the attendance report of a Teams meeting: sent, looked at, confirmed.

Nothing of the file is kept: what it says goes to the organiser's page and comes back from there.
"""

import re

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import teams_report as reader
from webapp.formats import words
from webapp.models import Attendance
from webapp.services import agencies, audit, course_dates, registers, teams_reports
from webapp.services.teams_reports import WalkIn
from webapp.web.fields import Form, cleaned
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp

NO_FILE = "Choose the attendance report"
# A booking's number and what it is to be marked.
ANSWER = re.compile(r"(\d{1,9}):(attended|part)")
ADDRESS = re.compile(r"[!-~]{1,200}@[!-~]{1,53}")


class ReportForm(Form):
    # Our forms read no files: what came is looked at by the door, and what is wrong is said here.
    report = StringField("Attendance report")


@bp.route("/dates/<int:date_id>/register/teams", methods=["GET", "POST"])
def teams_report(date_id: int) -> ResponseReturnValue:
    form, date, now = ReportForm(), course_dates.get(date_id), clock.now()
    why_locked = registers.why_locked(date, now)
    if form.validate_on_submit() and not why_locked:
        file = request.files.get("report")
        try:
            if not file:
                raise Refused(NO_FILE)
            report = reader.read(file.read())
        except Refused as refusal:
            form.report.errors = [str(refusal)]
        else:
            found = teams_reports.compare(date, report)
            return render_template("organiser/register_teams_found.html", date=date, found=found)
    return render_template(
        "organiser/register_teams.html", date=date, form=form, why_locked=why_locked
    )


@bp.post("/dates/<int:date_id>/register/teams/mark")
def mark_from_teams(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    marked, added, absent = teams_reports.mark(
        date,
        _confirmed(),
        [_walk_in(number) for number in request.form.getlist("walk-in")],
        rest_absent="absent" in request.form,
        organiser=identity.me(),
        now=now,
    )
    for booking in added:
        audit.record(identity.me(), "added a walk-in", course_date=date, booking=booking, now=now)
    for people, what in ((marked, "from a Teams report"), (absent, "absent beside a Teams report")):
        if people:
            audit.record(
                identity.me(),
                f"marked people {what}",
                course_date=date,
                detail=words.counted(len(people), "person", "people"),
                now=now,
            )
    db.session.commit()
    flash(_said(len(marked), len(added), len(absent)), "success")
    return redirect(url_for(".register", date_id=date_id))


def _confirmed() -> dict[int, Attendance]:
    """The ticked and the answered; who was in the meeting twice is marked for the longer time."""
    marks: dict[int, Attendance] = {}
    for name, answer in request.form.items(multi=True):
        if name != "person" and not name.startswith("maybe-"):
            continue
        if not answer:
            continue
        said = ANSWER.fullmatch(answer)
        if said is None:
            abort(400)
        key, mark = int(said[1]), Attendance(said[2])
        if marks.get(key) is not Attendance.ATTENDED:
            marks[key] = mark
    return marks


def _walk_in(number: str) -> WalkIn:
    """Somebody of the report whom nobody had booked, as the page sent them back."""
    name = cleaned(request.form.get(f"name-{number}"))
    email = request.form.get(f"email-{number}", "").lower()
    agency = request.form.get(f"agency-{number}", "")
    is_number = agency.isascii() and agency.isdecimal() and len(agency) <= 9
    if not isinstance(name, str) or not ADDRESS.fullmatch(email) or not is_number:
        abort(400)
    return WalkIn(name[:200], email, agencies.get(int(agency)))


def _said(marked: int, added: int, absent: int) -> str:
    parts = [
        f"{words.counted(number, 'person', 'people')} {what}"
        for number, what in (
            (marked, "marked from the report"),
            (added, "added without a place"),
            (absent, "marked as absent"),
        )
        if number
    ]
    return f"{words.listed(parts)}." if parts else "Nobody was marked."
