"""Several people added to a date by hand: pasted, looked at by line, and booked all or none."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp import clock
from webapp.db import db
from webapp.errors import BookingClosed, NotAll, Refused
from webapp.formats import imported_tables, pasted_people
from webapp.formats.pasted_people import Pasted
from webapp.formats.search import plain
from webapp.formats.words import counted
from webapp.models import BookingState, CourseDate
from webapp.services import agencies, bookings, course_dates, imports, places
from webapp.services.details import Details
from webapp.web import fields
from webapp.web.organiser import over_capacity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import AttendeeForm
from webapp.web.organiser.import_rows import Found, agencies_of
from webapp.web.organiser.over_capacity import BeyondForm

FIELDS = dict(
    zip(pasted_people.COLUMNS, ("name", "email", "agency", "job_role", "organisation"), strict=True)
)


class PastedForm(BeyondForm):
    people = fields.paragraphs(
        "Who to add",
        "Paste at least one person",
        most=100 * imported_tables.MOST_ROWS,
        rows=8,
        hint="One in a line: name, email, agency. If you know them, the job role and the name of"
        " their organisation can follow. The agency may be left out where the address tells it."
        " Addresses copied from a mail, as Fay Fox <fay.fox@example.org>; and the next, are read,"
        " too.",
    )


class PastedRow(AttendeeForm):
    """Of somebody pasted we ask no more than a register does."""

    job_role = fields.line("Job role (optional)")

    def details(self) -> Details:
        return replace(super().details(), job_role=self.job_role.data or "")


@bp.route("/dates/<int:date_id>/attendees/add-several", methods=["GET", "POST"])
def add_several(date_id: int) -> ResponseReturnValue:
    form, date, now = PastedForm(), course_dates.get(date_id), clock.now()
    if reason := bookings.why_not_added(date, now):
        raise BookingClosed(reason)
    form.validate_on_submit()
    # Who was pasted is shown again where only the reason is missing.
    found = _read(form, date) if form.is_submitted() and not form.people.errors else None
    if (
        found
        and found.things
        and not form.errors
        and request.form.keys() & {"add", "anyway", "wait"}
    ):
        try:
            done = _add(form, date, dict(found.things), now)
        except NotAll as refusal:
            db.session.rollback()
            form.people.errors = [str(refusal)]
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal, form.people)
        else:
            db.session.commit()
            flash(done, "success")
            return redirect(url_for(".attendees", date_id=date.id, state="all"))
    standing = places.of(date, now)
    coming = [details.agency.sector_id for _, details in found.things] if found else []
    why_no_room = standing.why_no_room(*coming)
    form.is_full = bool(coming and why_no_room)
    return render_template(
        "organiser/add_several.html",
        date=date,
        form=form,
        found=None if form.people.errors else found,
        problems=found.problems if found else [],
        places=standing,
        why_no_room=why_no_room,
    )


def _read(form: PastedForm, date: CourseDate) -> Found:
    """Each line as a person to add; what is wrong with which is said, and that nobody is added."""
    found = Found(("Name", "Email", "Agency", "Job role"))
    sectors, choices = agencies.sectors(), agencies.choices()
    known = imports.agencies_by_name(sectors)
    try:
        rows = pasted_people.read(form.people.data, known)
    except Refused as refusal:
        form.people.errors = [str(refusal)]
        return found
    agency_of = agencies_of(rows, sectors, found)
    there = places.booked(date, [row.cells.get("Email", "").lower() for row in rows])
    seen: dict[str, int] = {}
    for row, agency_id in zip(rows, agency_of, strict=True):
        cells = {name: row.cells.get(column, "") for column, name in FIELDS.items()}
        cells["agency"] = str(agency_id or "")
        one = PastedRow(MultiDict(cells), meta={"csrf": False})
        one.offer(choices)
        one.validate()
        wrong = [
            (column, str(one[name].errors[0]))
            for column, name in FIELDS.items()
            if one[name].errors and name != "agency"  # said with the name that nobody knows
        ]
        email = one.email.data or ""
        if email in there:
            wrong.append(("Email", bookings.BOOKED))
        elif email and email in seen:
            wrong.append(("Email", f"This address is in line {seen[email]}, too"))
        seen.setdefault(email, row.number)
        found.say(row, wrong)
        if not one.errors and not wrong:
            details = one.details()
            works_at = details.organisation or details.agency.name
            by = "" if row.cells.get("Agency") else " (by their address)"
            found.take(row, (email, details), details.name, email, works_at + by, details.job_role)
            found.doubt(row, _doubts(row, details, known))
    if found.problems:
        form.people.errors = [
            f"Nobody was added, since something is wrong in {counted(found.wrong_rows, 'line')}."
            " Put right what is said above the box"
        ]
    return found


def _doubts(row: Pasted, one: Details, known: Collection[str]) -> Iterator[str]:
    """What may have been meant otherwise: more in a line than we ask, and what may be the rest of
    an agency's name."""
    if row.left_out:
        yield f"“{row.left_out}” is left out"
    agency = one.agency
    may_go_on = any(name.startswith(f"{plain(agency.name)},") for name in known)
    if (one.organisation and not agency.stands_for_many) or (one.job_role and may_go_on):
        role = f"“{one.job_role}” is read as the job role"
        where = f" and “{one.organisation}” as the organisation" if one.organisation else ""
        yield f"{role}{where}, since the agency is read as {agency.name}"


def _add(form: PastedForm, date: CourseDate, new: Mapping[str, Details], now: datetime) -> str:
    """Book them and say how they stand. Raises Refused."""
    waits = "wait" in request.form
    added = bookings.add_all(
        date,
        new,
        over_capacity_reason=None if waits else form.over_capacity_reason.data,
        may_wait=waits,
        now=now,
    )
    for one in added:
        over_capacity.note("added a booking", one, now)
    waiting = sum(one.state is BookingState.WAITING for one in added)
    wait = f", {waiting} on the waiting list" if waiting else ""
    return f"{counted(len(added), 'person', 'people')} added{wait}. We have written to each."
