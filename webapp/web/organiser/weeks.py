"""Weeks of short sessions: listed with how they are booked, made, changed, published, withdrawn."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field
from wtforms.validators import StopValidation

from webapp import clock
from webapp.db import db
from webapp.models import DateState, Week
from webapp.services import audit, places, undoing, weeks
from webapp.services.weeks import About
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.asked import ticked
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import WIDE
from webapp.web.organiser.moments import DayField

KEPT = "Your changes are kept. Nobody was written to."
MADE = "The Week is a draft. Look which sessions belong to it, and publish it."
PUBLISHED = "The Week is published: visitors find it above the programme."
WITHDRAWN = "The Week is withdrawn: its page and calendar are gone. Its dates and bookings stay."


class WeekForm(Form):
    title = fields.line(
        "Title", "Enter a title", hint="Such as Safeguarding Week 2025.", width=WIDE
    )
    about = fields.paragraphs(
        "About it", "Say in a few words what it is", hint="Visitors read it above the sessions."
    )
    first_day = DayField("First day", description="Such as 17 11 2025.")
    last_day = DayField("Last day", description="Of a single day, the same again.")

    def validate_first_day(self, field: Field) -> None:
        if not field.data:
            raise StopValidation("Enter the first day")

    def validate_last_day(self, field: Field) -> None:
        if not field.data:
            raise StopValidation("Enter the last day")
        if self.first_day.data and field.data < self.first_day.data:
            raise StopValidation("The last day must not be before the first")

    def show(self, week: Week) -> None:
        for name in About.__dataclass_fields__:
            self[name].data = getattr(week, name)

    def said(self) -> About:
        return About(**{name: self[name].data for name in About.__dataclass_fields__})


@bp.get("/weeks", endpoint="weeks")
def list_weeks() -> ResponseReturnValue:
    return render_template("organiser/weeks.html", weeks=weeks.everything())


@bp.route("/weeks/new", methods=["GET", "POST"])
def new_week() -> ResponseReturnValue:
    form = WeekForm()
    if form.validate_on_submit():
        now = clock.now()
        made = weeks.add(form.said(), now=now)
        audit.record(identity.me(), "made a Week", detail=made.slug, now=now)
        db.session.commit()
        flash(MADE, "success")
        return redirect(url_for(".week", week_id=made.id))
    return render_template("organiser/week_edit.html", week=None, form=form, dates=[])


@bp.get("/weeks/<int:week_id>")
def week(week_id: int) -> ResponseReturnValue:
    shown = weeks.get(week_id)
    dates = weeks.dates_in(shown)
    belong = [date for date in dates if date not in shown.left_out]
    held = [date for date in belong if date.state is DateState.PUBLISHED]
    return render_template(
        "organiser/week.html",
        week=shown,
        dates=belong,
        left_out=len(dates) - len(belong),
        places=places.places_of(belong, clock.now()),
        figures=weeks.figures(held),
    )


@bp.route("/weeks/<int:week_id>/edit", methods=["GET", "POST"])
def edit_week(week_id: int) -> ResponseReturnValue:
    now, shown, form = clock.now(), weeks.get(week_id), WeekForm()
    was = undoing.look(shown, now=now) if form.is_submitted() else {}
    dates = weeks.dates_in(shown)
    if form.validate_on_submit():
        # What was added meanwhile stood on no page to be ticked.
        out = [one for one in dates if one.id in ticked("listed") - ticked("date")]
        later = [one for one in shown.left_out if one.id not in ticked("listed")]
        weeks.change(shown, form.said(), [*out, *later], now=now)
        line = audit.record(identity.me(), "changed a Week", detail=shown.slug, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash(KEPT, "success")
        return redirect(url_for(".week", week_id=week_id))
    if form.is_submitted():
        chosen = ticked("date")
    else:
        form.show(shown)
        chosen = {one.id for one in dates} - {one.id for one in shown.left_out}
    return render_template(
        "organiser/week_edit.html", week=shown, form=form, dates=dates, chosen=chosen
    )


@bp.post("/weeks/<int:week_id>/publish")
def publish_week(week_id: int) -> ResponseReturnValue:
    return _turned(week_id, weeks.publish, "published a Week", PUBLISHED)


@bp.post("/weeks/<int:week_id>/withdraw")
def withdraw_week(week_id: int) -> ResponseReturnValue:
    return _turned(week_id, weeks.withdraw, "withdrew a Week", WITHDRAWN)


def _turned(
    week_id: int, turn: Callable[[Week, datetime], None], did: str, said: str
) -> ResponseReturnValue:
    now, shown = clock.now(), weeks.get(week_id)
    was = undoing.look(shown, now=now)
    turn(shown, now)
    line = audit.record(identity.me(), did, detail=shown.slug, now=now)
    undo.offer(was, line, now=now)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".week", week_id=week_id))
