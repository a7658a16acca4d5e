"""A page that was read, beside what would become of each announcement in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import get_flashed_messages, render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import news_kept, news_passages
from webapp.formats.news_passages import Passage
from webapp.models import Announcement, NewsReading, NewsState
from webapp.services import courses, differences, drafts
from webapp.services import news as verbs
from webapp.services.differences import Difference, Kind
from webapp.services.drafts import Draft, DraftDate, Problem
from webapp.web.fields import Form
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.news_forms import ASKED, AcceptForm, MessageForm, ReasonForm

# What nobody has to look at unless they want to.
FOLDED = {NewsState.IGNORED, NewsState.LEFT_OUT}
# Whoever is on the date is told why.
CALLING_OFF = {Kind.CANCELLED, Kind.POSTPONED, Kind.GONE}
NO_FORM: Mapping[str, Form] = {}
# How the names of boxes end in which somebody writes.
TEXTS = ("-message", "-reason")


@dataclass(frozen=True)
class Refusal:
    """What was pressed beside an announcement and cannot be done."""

    announcement: Announcement
    sentence: str

    @property
    def typed(self) -> list[str]:
        """What was written for it: the box it stood in may be gone."""
        return [said for name, said in request.form.items() if said and name.endswith(TEXTS)]


@dataclass(frozen=True)
class Found:
    """An announcement with its passage, its draft, and the forms beside it."""

    passage: Passage
    announcement: Announcement
    draft: Draft
    differences: Sequence[Difference]
    # It says something else since this page was read.
    is_outdated: bool
    # Those that somebody can get wrong, by what the page calls them.
    forms: Mapping[str, Form]

    @property
    def accept(self) -> Form:
        return self.forms[accept_name(self.announcement)]

    @property
    def ignore(self) -> Form:
        return self.forms[ignore_name(self.announcement)]

    def message_of(self, change: Difference) -> Form | None:
        return self.forms.get(change_name(self.announcement, change))

    @property
    def is_folded(self) -> bool:
        return self.announcement.state in FOLDED

    @property
    def new_dates(self) -> list[DraftDate]:
        """What accepting makes."""
        if not self.draft.course:
            return [one for one in self.draft.dates if one.is_new]
        return [one.draft for one in self._of_kind(new=True) if one.draft]

    @property
    def other_dates(self) -> list[DraftDate]:
        """Those there is nothing to decide about: they are there already, or left out."""
        open_ = [*self.new_dates, *(one.draft for one in self.differences)]
        return [one for one in self.draft.dates if one not in open_]

    @property
    def decisions(self) -> list[Difference]:
        """What is different about dates that are published: each is decided by itself."""
        return self._of_kind(new=False)

    def _of_kind(self, *, new: bool) -> list[Difference]:
        return [one for one in self.differences if (one.kind is Kind.NEW_DATE) is new]

    @property
    def lacking(self) -> list[str]:
        """All that has to be said before it can be accepted, if not all can be beside the button;
        and what is asked of several dates once."""
        problems = self.draft.problems
        if all(_part(problem) in ASKED for problem in problems):
            return []
        return list(dict.fromkeys(problem.sentence for problem in problems))

    @property
    def questions(self) -> list[str]:
        """Those about days, which can be answered where they are asked."""
        days = (day for one in self.draft.dates for day in one.days)
        return [day.question for day in days if day.question]

    @property
    def is_acceptable(self) -> bool:
        """There is something that one button would make, or nothing left to decide."""
        return not self.draft.course or bool(self.new_dates) or not self.differences


def asked(draft: Draft) -> set[str]:
    """What can be said of the dates beside the button, and is not said so far."""
    return {_part(problem) for problem in draft.problems}.intersection(ASKED)


def _part(problem: Problem) -> str:
    return problem.field.rpartition(".")[2]


@bp.get("/news/<int:reading_id>")
def news_reading(reading_id: int) -> ResponseReturnValue:
    return page(reading_id, now=clock.now())


def page(
    reading_id: int,
    *,
    typed: Mapping[str, Form] = NO_FORM,
    refused: Refusal | None = None,
    now: datetime,
) -> str:
    """The reading; `typed` is a form that was sent from it and is wrong, by its name there."""
    reading = verbs.get(reading_id)
    return render_template(
        "organiser/news_review.html",
        reading=reading,
        passages=_passages(reading, typed, now),
        courses=courses.published(),
        form=next(iter(typed.values()), None),
        refused=refused,
        # Said beside the draft that they are about, not at the top.
        told=dict(cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))),
    )


def _passages(
    reading: NewsReading, typed: Mapping[str, Form], now: datetime
) -> list[Passage | Found]:
    """The page in order: text that announces nothing, and the announcements in between."""
    rows = reading.passages
    all_drafts = drafts.of_all([row.announcement for row in rows], now=now)
    all_differences = differences.of_all(list(all_drafts.values()), now=now)
    items = [news_kept.item_of_json(row.item) for row in rows]
    found: list[Passage | Found] = []
    for passage in news_passages.cut(reading.text, items):
        if passage.number is None:
            found.append(passage)
            continue
        row = rows[passage.number - 1]
        announcement, draft = row.announcement, all_drafts[row.announcement_id]
        there = all_differences[announcement.id]
        forms = {**_forms(draft, there), **typed}
        is_outdated = news_kept.words(announcement.item) != news_kept.words(row.item)
        found.append(Found(passage, announcement, draft, there, is_outdated, forms))
    return found


def _forms(draft: Draft, there: Sequence[Difference]) -> dict[str, Form]:
    """The forms beside a draft: empty, or as they were sent with what is refused."""
    accept, ignore = accept_name(draft.announcement), ignore_name(draft.announcement)
    forms: dict[str, Form] = {
        accept: AcceptForm(prefix=accept),
        ignore: ReasonForm(prefix=ignore),
    }
    forms[accept].ask(asked(draft))
    off = [change_name(draft.announcement, one) for one in there if one.kind in CALLING_OFF]
    return forms | {name: MessageForm(prefix=name) for name in off}


def accept_name(announcement: Announcement) -> str:
    return f"accept-{announcement.id}"


def ignore_name(announcement: Announcement) -> str:
    return f"ignore-{announcement.id}"


def change_name(announcement: Announcement, change: Difference) -> str:
    """The same when the change is another one meanwhile: what was typed is of the date."""
    return f"change-{announcement.id}-{change.date.id if change.date else ''}"
