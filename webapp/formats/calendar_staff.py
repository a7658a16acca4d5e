"""A course day as those who run or give the training have it in their diaries.

Of who comes it says nothing, not even how many: that is behind the sign-in.
"""

from dataclasses import replace

from webapp.formats import calendar_entries as entries
from webapp.formats import words
from webapp.formats.calendar_entries import Entry, Voice
from webapp.formats.plain_text import one_line
from webapp.models import CourseDay, DateState

CALLED_OFF = {
    DateState.POSTPONED: "This date has been postponed. There is no new one so far.",
    DateState.CANCELLED: "This date has been cancelled.",
}


def teaching(day: CourseDay, voice: Voice) -> Entry:
    """For who gives the training: with the join link, and not free at that time."""
    course_date = day.course_date
    entry = entries.public(day, voice)
    if not entries.is_on(day):
        return replace(entry, description=_why_off(day))
    link = (
        one_line(course_date.join_link) if course_date.is_online and course_date.join_link else None
    )
    told = course_date.before_you_come
    return replace(
        entry,
        join_link=link,
        location=link or entry.location,
        description=entries.paragraphs(
            "You give this training.",
            f"People who come are told: {told}" if told else "",
            entries.how_to_join(course_date) if link else "",
            f"Page of the date:\n{entry.page}",
        ),
    )


def organising(day: CourseDay, voice: Voice) -> Entry:
    """For who runs the training: every date, drafts too; they leave people free."""
    entry = replace(entries.public(day, voice), is_free=True)
    course_date = day.course_date
    if not entries.is_on(day):
        return replace(entry, description=_why_off(day))
    if course_date.state is DateState.DRAFT:
        entry = replace(entry, status="TENTATIVE", title=f"Draft: {entry.title}")
    capacity = course_date.capacity
    return replace(
        entry,
        description=entries.paragraphs(
            f"{words.counted(capacity, 'place')}."
            if capacity is not None
            else "No limit of places.",
            f"Who is coming (you have to sign in):\n{entry.page}",
        ),
    )


def _why_off(day: CourseDay) -> str:
    return CALLED_OFF.get(day.course_date.state, entries.DROPPED)
