"""What organisers settle of a date, changed; who would be told of it is said before it is saved."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import counted
from webapp.models import CourseDate, DateState
from webapp.services import (
    agendas,
    arrangements,
    audit,
    course_dates,
    doubts,
    places,
    previews,
    trainers,
    undoing,
    venues,
)
from webapp.services.arrangements import Arrangements
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import DateForm

# Sent by the page that says who would be told: to save it, or to go back to the form.
SURE, BACK = "sure", "back"
NOT_KEPT = {"csrf_token", "seen", SURE, BACK}


class DetailsForm(DateForm):
    # What the date was like when the form was opened.
    seen = HiddenField()

    def fit(self, date: CourseDate, now: datetime) -> None:
        """Saved over what somebody changed after it was opened, a form would undo that and tell
        everybody so. It is shown again instead with what was typed, and the next try counts."""
        super().fit(date, now)
        opened, self.seen.data = self.seen.data, date.updated_at.isoformat()
        self.is_stale = self.is_submitted() and opened != self.seen.data


@bp.route("/dates/<int:date_id>/details", methods=["GET", "POST"])
def details(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    form = DetailsForm()
    if form.is_submitted():
        # Before it is asked whether somebody changed it: of two who save at once, one comes first.
        places.hold(date)
    if date.state is DateState.CANCELLED:
        raise Refused(arrangements.CANCELLED)
    form.fit(date, now)
    if form.validate_on_submit() and not form.is_stale and BACK not in request.form:
        new = form.arrangements(now)
        try:
            preview = previews.of_change(date, new, now=now)
            if preview.does_something and SURE not in request.form:
                return _ask(date, form, new, preview)
            told = _save(date, form, new, now)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(saved(told), "success")
            page = ".publish_date" if date.state is DateState.DRAFT else ".attendees"
            return redirect(url_for(page, date_id=date.id))
    elif not form.is_submitted():
        form.show()
    return render_template(
        "organiser/details.html",
        date=date,
        form=form,
        places=places.of(date, now),
        doubted=doubts.of(date, now=now),
    )


def _ask(date: CourseDate, form: DetailsForm, new: Arrangements, preview: previews.Preview) -> str:
    typed = [one for one in request.form.items(multi=True) if one[0] not in NOT_KEPT]
    return render_template(
        "organiser/details_preview.html",
        date=date,
        form=form,
        preview=preview,
        typed=typed,
        doubted=doubts.of_change(date, new, form.chosen_trainers()),
        agenda_left=agendas.is_left_behind(date, form.agenda.data or [], new.days),
    )


def _save(date: CourseDate, form: DetailsForm, new: Arrangements, now: datetime) -> int:
    was_postponed = date.state is DateState.POSTPONED
    was = undoing.look(date, now=now)
    if form.has_new_venue and new.venue:
        venues.add(new.venue)
    told = arrangements.arrange(date, new, now=now)
    trainers.set_trainers(date, form.chosen_trainers(), now=now)
    agendas.write(date, form.agenda.data or [], now=now)
    is_back = was_postponed and date.state is DateState.PUBLISHED
    done = "published a date again" if is_back else "changed a date"
    line = audit.record(identity.me(), done, course_date=date, now=now)
    undo.offer(was, line, now=now)
    db.session.commit()
    return told


def saved(told: int) -> str:
    if not told:
        return "Your changes are kept."
    return f"Your changes are kept. We have written to {counted(told, 'person', 'people')}."
