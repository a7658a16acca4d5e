"""A draft put right in full, and accepted from there."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Announcement
from webapp.services import courses, drafts
from webapp.services import news as verbs
from webapp.services.drafts import Draft
from webapp.web.organiser import news_beside, news_settling
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.news_draft_form import DraftForm

KEPT = "Your changes are kept. Nothing is public before you accept it."


@bp.route("/news/drafts/<int:announcement_id>", methods=["GET", "POST"])
def news_draft(announcement_id: int) -> ResponseReturnValue:
    now, announcement = clock.now(), verbs.announcement(announcement_id)
    draft, refusal = drafts.of(announcement, now=now), None
    form = DraftForm()
    form.fit(draft)
    if form.validate_on_submit():
        try:
            answer = _keep(announcement, draft, form, now)
            if answer:
                return answer
        except Refused as refused:
            refusal = str(refused)
        db.session.rollback()
    elif not form.is_submitted():
        form.show(draft)
    # Shown with what was typed: the next try counts.
    form.version.data, form.goes_to.data = announcement.version, draft.goes_to
    return render_template(
        "organiser/news_draft.html",
        announcement=announcement,
        draft=draft,
        form=form,
        refusal=refusal,
        courses=courses.published(),
        reading=news_beside.reading_of(announcement),
    )


def _keep(
    announcement: Announcement, draft: Draft, form: DraftForm, now: datetime
) -> ResponseReturnValue | None:
    """Keep what was typed; None when it shall be accepted and something lacks."""
    version = news_settling.number("version")
    if news_settling.number("goes_to") != draft.goes_to:
        raise Refused(drafts.CHANGED)
    drafts.edit(announcement, form.facts(draft), form.edits, version=version, now=now)
    if "accept" not in request.form:
        news_beside.record(announcement, "changed a draft of the news", now=now)
        db.session.commit()
        return news_beside.said_beside(announcement, KEPT)
    problems = drafts.of(announcement, now=now).problems
    if problems:
        form.refuse(problems)
        return None
    return news_settling.accept(announcement, announcement.version, now)
