"""The buttons beside a draft: answer, choose a course, accept, ignore, take or leave a change."""

from dataclasses import replace
from datetime import date, datetime

from flask import request
from flask.typing import ResponseReturnValue

from webapp.errors import Refused
from webapp.formats import words
from webapp.formats.words import counted
from webapp.models import Announcement, DateState, Format
from webapp.services import accepting, courses, differences, draft_days, drafts
from webapp.services.accepting import Accepted
from webapp.services.differences import Difference
from webapp.services.drafts import DateEdit, Draft, DraftDate
from webapp.web.organiser import identity, news_review
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.calling_off import written_to
from webapp.web.organiser.news_beside import again, done, settling
from webapp.web.organiser.news_forms import AcceptForm, MessageForm, ReasonForm
from webapp.web.organiser.news_review import CALLING_OFF, accept_name, change_name, ignore_name

NO_DATES = "A new course is in the programme. It has no dates so far."


@bp.post("/news/drafts/<int:announcement_id>/answer")
@settling
def answer_news(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    """The day that was meant, by one press."""
    day = _day("day")
    draft_days.answer(announcement, _said("key"), day, version=number("version"), now=now)
    return done(announcement, "answered which day is meant", f"{words.day(day)} it is.", now)


@bp.post("/news/drafts/<int:announcement_id>/ask-again")
@settling
def ask_again(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    """The answer taken back, by one press, too."""
    draft_days.answer(announcement, _said("key"), None, version=number("version"), now=now)
    said = "Your answer is taken back. The question is open again."
    return done(announcement, "took back which day is meant", said, now)


@bp.post("/news/drafts/<int:announcement_id>/regroup")
@settling
def regroup_news(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    """Days taken for one date are dates of their own, or the other way round."""
    keys, together = " ".join(request.form.getlist("key")).split(), bool(_said("together"))
    if together and len(keys) < 2:
        raise Refused("Tick two dates or more that are the days of one.")
    draft_days.regroup(announcement, keys, together=together, version=number("version"), now=now)
    said = "They are the days of one date." if together else "Each day is a date of its own."
    return done(announcement, "grouped the days of an announcement", said, now)


@bp.post("/news/drafts/<int:announcement_id>/course")
@settling
def choose_course(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    """Where the dates go: to a course that is there, or to a new one."""
    course = courses.get(number("course")) if _said("course") else None
    drafts.choose_course(announcement, course, version=number("version"), now=now)
    said = f"The dates go to {course.title}." if course else "It becomes a new course."
    return done(announcement, "chose the course of an announcement", said, now)


@bp.post("/news/drafts/<int:announcement_id>/accept")
@settling
def accept_news(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    draft, version = drafts.of(announcement, now=now), number("version")
    if parts := news_review.asked(draft):
        name = accept_name(announcement)
        form = AcceptForm(prefix=name)
        form.ask(parts)
        if not form.validate():
            return again(announcement, name, form, now)
        _keep(draft, form, version, now)
        version = announcement.version
    return accept(announcement, version, now)


def accept(announcement: Announcement, version: int, now: datetime) -> ResponseReturnValue:
    """Into the course that was shown beside the button, and no other."""
    shown = number("goes_to")
    made = accepting.accept(announcement, identity.me(), version=version, course_id=shown, now=now)
    return done(announcement, "accepted an announcement", _made(made), now)


def _keep(draft: Draft, form: AcceptForm, version: int, now: datetime) -> None:
    """What was said beside the button holds for every date of which the page does not say it."""
    facts = {name: getattr(draft, name) for name in drafts.FACTS}
    edits = {one.key: _as_said(one, form) for one in draft.dates}
    drafts.edit(draft.announcement, facts, edits, version=version, now=now)


def _as_said(one: DraftDate, form: AcceptForm) -> DateEdit:
    said = DateEdit(
        days={day.key: (day.day, day.starts, day.ends) for day in one.days},
        is_online=one.is_online,
        place=one.place,
        has_limit=one.has_limit,
        capacity=one.capacity,
        join_link=one.join_link,
        is_left_out=one.is_left_out,
    )
    if one.has_limit is None and "capacity" in form:
        said = replace(said, has_limit=form.has_limit, capacity=form.number)
    if one.is_online is None and "format" in form:
        said = replace(said, is_online=form.format.data == Format.ONLINE)
    return said


@bp.post("/news/drafts/<int:announcement_id>/ignore")
@settling
def ignore_news(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    name = ignore_name(announcement)
    form = ReasonForm(prefix=name)
    if not form.validate():
        return again(announcement, name, form, now)
    version = number("version")
    drafts.ignore(announcement, identity.me(), form.reason.data, version=version, now=now)
    return done(announcement, "ignored an announcement", "Nothing is made of it.", now)


@bp.post("/news/drafts/<int:announcement_id>/take-up-again")
@settling
def take_up_news(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    drafts.take_up_again(announcement, now=now)
    return done(announcement, "took an announcement up again", "It waits for you again.", now)


@bp.post("/news/drafts/<int:announcement_id>/take-change")
@settling
def take_change(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    """One difference, by the verb that an organiser's own change goes through."""
    key, version, message = _said("key"), number("version"), ""
    change = _change(announcement, key, now)
    if change.kind in CALLING_OFF:
        name = change_name(announcement, change)
        form = MessageForm(prefix=name)
        if not form.validate():
            return again(announcement, name, form, now)
        message = form.message.data
    told = accepting.take_change(
        announcement, key, identity.me(), message=message, version=version, now=now
    )
    said = f"The programme says so now. {written_to(told)}"
    action = f"took a change from the news: {_named(change)}"
    return done(announcement, action, said, now, change.date)


@bp.post("/news/drafts/<int:announcement_id>/leave-change")
@settling
def leave_change(announcement: Announcement, now: datetime) -> ResponseReturnValue:
    key, version = _said("key"), number("version")
    change = _change(announcement, key, now)
    accepting.leave_change(announcement, key, identity.me(), version=version, now=now)
    action, said = f"left a change of the news: {_named(change)}", "The programme stays as it is."
    return done(announcement, action, said, now, change.date)


def _change(announcement: Announcement, key: str, now: datetime) -> Difference:
    """Raises Refused, as taking it would, when there is none any more."""
    there = differences.of(drafts.of(announcement, now=now), now=now)
    found = next((one for one in there if one.key == key), None)
    if found is None:
        raise Refused(accepting.OTHERWISE if announcement.is_waiting else drafts.SETTLED)
    return found


def _named(change: Difference) -> str:
    """For the audit log: "moved"."""
    return change.kind.replace("_", " ")


def _made(accepted: Accepted) -> str:
    if not accepted.dates:
        return NO_DATES if accepted.is_new_course else "The programme says so already."
    course = "A new course is" if accepted.is_new_course else f"{accepted.course.title} is"
    said = f"{course} in the programme, with {counted(len(accepted.dates), 'new date')}."
    held_back = sum(made.state is DateState.HELD_BACK for made in accepted.dates)
    if held_back:
        said += f" {counted(held_back, 'date is', 'dates are')} held back until settled."
    return said


def _said(name: str) -> str:
    return request.form.get(name, "")


def number(name: str) -> int:
    said = _said(name)
    if not (said.isascii() and said.isdecimal() and len(said) <= 9):
        raise Refused(drafts.CHANGED)
    return int(said)


def _day(name: str) -> date:
    try:
        return date.fromisoformat(_said(name))
    except ValueError:
        raise Refused(drafts.CHANGED) from None
