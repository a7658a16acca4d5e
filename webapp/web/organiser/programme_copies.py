"""Last year's programme as drafts for this one: looked through, ticked, and copied at once."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats.words import counted
from webapp.services import audit, doubts, programme_copies
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.asked import ticked
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.moments import DayField


class PeriodForm(Form):
    class Meta(Form.Meta):
        csrf = False  # it only looks

    first = DayField("From")
    last = DayField("To")

    def show(self, first: date, last: date) -> None:
        self["first"].data, self["last"].data = first, last

    def period(self, today: date) -> tuple[date, date]:
        """The last twelve months, unless somebody asks for others."""
        return self.first.data or today - timedelta(days=365), self.last.data or today


@bp.route("/programme/copy", methods=["GET", "POST"])
def copy_programme() -> ResponseReturnValue:
    now = clock.now()
    if request.method == "POST":
        made = programme_copies.copy(ticked("date"), now=now)
        for one in made:
            audit.record(identity.me(), "added a date", course_date=one, now=now)
        db.session.commit()
        if made:
            flash(f"{counted(len(made), 'draft')} made. Visitors see none of them yet.", "success")
            return redirect(url_for(".drafts"))
        flash("Nothing was copied: tick the dates that you want again.", "error")
        return redirect(url_for(".copy_programme"))
    form = PeriodForm(request.args)
    form.validate()
    first, last = form.period(clock.london(now).date())
    if not form.errors and last < first:
        form.last.errors = ["To must not be before From"]
    form.show(first, last)
    found = [] if form.errors else programme_copies.proposals(first, last, now=now)
    return render_template(
        "organiser/copy_programme.html",
        form=form,
        found=found,
        doubted=doubts.of_days({one.date.id: one.days for one in found}),
        first=first,
        last=last,
        most=programme_copies.MOST,
    )
