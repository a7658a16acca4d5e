"""What the partnership says of itself and the rules it chose, in groups; for administrators."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound
from webapp.services import audit, partnership, undoing, venues
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.retention import KEPT, KeepingForm
from webapp.web.organiser.setting_forms import (
    CancellingForm,
    ContactForm,
    DataForm,
    DatesForm,
    ManagersForm,
    NameForm,
    OffersForm,
    RemindersForm,
    SectorsForm,
    WhoForm,
    WorkForm,
)

NUMBERS = {
    "offer_hours",
    "first_to_take_hours",
    "cut_off_days",
    "held_days",
    "register_days",
    "joining_days",
    "reminder_working_days",
    *KEPT,
}
# Since when something is done, where it is ticked.
MOMENTS = {"managers_told_since"}
GROUPS: dict[str, tuple[str, type[Form]]] = {
    "partnership": ("The partnership", NameForm),
    "contact": ("Whom to ask", ContactForm),
    "who": ("Who may come", WhoForm),
    "work": ("When people are at work", WorkForm),
    "rules": ("Freed places", OffersForm),
    "cancelling": ("Cancelling", CancellingForm),
    "sectors": ("Places for sectors", SectorsForm),
    "reminders": ("Reminders", RemindersForm),
    "managers": ("Line managers", ManagersForm),
    "dates": ("Before and after a date", DatesForm),
    "data": ("Personal data", DataForm),
    "keeping": ("How long records are kept", KeepingForm),
}


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    groups = [(group, title, form(formdata=None)) for group, (title, form) in GROUPS.items()]
    return render_template("organiser/settings.html", groups=groups, venues=venues.everywhere())


@bp.route("/settings/<group>", methods=["GET", "POST"])
def settings_group(group: str) -> ResponseReturnValue:
    if group not in GROUPS:
        raise NotFound("There are no such settings.")
    title, make = GROUPS[group]
    ours = partnership.get()
    form = make(obj=None if request.method == "POST" else ours)
    if form.validate_on_submit():
        facts: dict[str, Any] = {
            field.name: int(field.data) if field.name in NUMBERS else field.data
            for field in form
            if field.name != "csrf_token"
        }
        now = clock.now()
        for name in MOMENTS & facts.keys():
            facts[name] = (getattr(ours, name) or now) if facts[name] else None
        was = undoing.look(ours, now=now)
        partnership.change(ours, facts, settled=facts.keys(), now=now)
        line = audit.record(identity.me(), "changed the settings", detail=title, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("Your changes are kept.", "success")
        return redirect(url_for(".settings"))
    return render_template("organiser/settings_group.html", title=title, form=form)
