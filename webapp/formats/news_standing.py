"""What a day on the page is: one to come to, one that is off, or no session at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.formats.announcements import Status
from webapp.formats.news_dates import Mention
from webapp.formats.news_moves import is_given_up, takes_its_place
from webapp.formats.news_own_titles import led
from webapp.formats.news_priced import is_priced
from webapp.formats.news_rows import Row
from webapp.formats.news_sentences import FAR, has_time_in_sentence, sentence_around
from webapp.formats.news_standing_words import (
    CANCELLED,
    CLOSED,
    DEADLINE,
    EXAMPLE,
    FOR_OTHERS,
    FROM,
    FULL,
    HAPPENED,
    IF,
    IN_FORCE,
    IS_ON,
    LABELLED_AWAY,
    MEETS,
    NOT_FULL,
    OF_MEMBERS,
    OFF_ALONE,
    OFFICE_HOURS,
    ON_CALL,
    PAST,
    POSTPONED,
    SPEAKS_OF_AN_EVENT,
    WAS,
    WAS_ON,
    WEEK_OR_DURING,
)
from webapp.formats.news_vocabulary import TRAINING

# How far from a day a word may stand and still be about it.
NEAR = 90
# More words beside days and times than this are prose.
PROSE_WORDS = 9
# Nobody is trained for so many days on end.
LONGEST_TRAINING, DAYS_OF_A_MONTH = 21, 30
# Longer ago than this before it was announced, a day is past.
LONG_AGO = timedelta(days=21)
# Without a time it has been told of only as past.
JUST_NOW = timedelta(days=4)


@dataclass(frozen=True)
class Standing:
    """`status` is None for a day to come to; `is_session` False where it is none at all."""

    is_session: bool
    status: Status | None
    why: str = ""


@dataclass(frozen=True)
class _Told:
    """A day, and what is said around it."""

    row: Row
    mention: Mention
    day: date | None
    published: date | None
    label: str
    # The words right before it, its whole sentence as far as that is near, and what follows.
    near: str
    sentence: str
    after: str

    @property
    def has_time(self) -> bool:
        return bool(self.row.times)

    @property
    def age(self) -> timedelta | None:
        """How long before its announcement the day was, where both are known."""
        return self.published - self.day if self.published and self.day else None

    @property
    def begins_something(self) -> bool:
        """ "From 1 September …": hours in another sentence are not those of that day."""
        if FROM.search(self.near) and self.row.says(ON_CALL):
            return True
        if FROM.search(self.near) is None or has_time_in_sentence(self.row, self.mention):
            return False
        return not self.has_time or not SPEAKS_OF_AN_EVENT.search(self.sentence)

    @property
    def is_of_members(self) -> bool:
        """ "Our AGM is on 6 May", "The board meets"; but not "Conference and AGM, 6 May"."""
        is_told = self.row.words > PROSE_WORDS and OF_MEMBERS.search(self.near)
        return bool(is_told or MEETS.search(self.near)) and not TRAINING.search(self.near)

    @property
    def is_of_announcement(self) -> bool:
        return not self.has_time and self.age == timedelta(0)

    @property
    def is_labelled_away(self) -> bool:
        is_labelled = bool(self.row.is_bare or self.row.line.cells)
        return self.row.says(LABELLED_AWAY) or (is_labelled and labels_away(self.label))

    @property
    def is_long_past(self) -> bool:
        limit = LONG_AGO if self.has_time else JUST_NOW
        return self.age is not None and self.age > limit

    @property
    def is_only_spoken_of(self) -> bool:
        """In prose without a time, which speaks of no event."""
        is_prose = min(self.row.words, len(self.sentence.split())) > PROSE_WORDS
        is_bare = is_prose and not self.has_time and led(self.row) is None
        if is_bare and is_priced(self.row, self.mention):
            return False
        # Under "Leads' conference" a sentence need not say again what is on that day.
        said = f"{self.label} {self.sentence}" if IS_ON.search(self.near) else self.sentence
        return is_bare and not SPEAKS_OF_AN_EVENT.search(said)

    @property
    def is_told_as_past(self) -> bool:
        """Before the page, or on a day whose year is not written: nothing else tells that."""
        if WAS.match(self.after) or WAS_ON.search(self.near):
            return True
        is_before = self.age is not None and self.age > timedelta(0)
        is_open = not self.has_time and (self.age is None or self.mention.year is None)
        return bool(
            (is_before and HAPPENED.search(self.sentence))
            or ((is_before or is_open) and PAST.search(self.sentence))
        )


Rule = tuple[str, Callable[[_Told], object]]
# Why a day is no session, whatever else is said of it.
NEVER: tuple[Rule, ...] = (
    ("It is the day of the announcement.", lambda told: told.is_of_announcement),
    ("Somebody is away, or a house is closed.", lambda told: CLOSED.search(told.sentence)),
    ("It is a deadline or the day of a document.", lambda told: told.is_labelled_away),
)
# Why it is none, unless it was called off or moved.
NOT_HERE: tuple[Rule, ...] = (
    ("It is a deadline.", lambda told: DEADLINE.search(told.near)),
    (
        "Something is in force or available from that day.",
        lambda told: IN_FORCE.search(told.near),
    ),
    ("The members of a body meet.", lambda told: told.is_of_members),
    ("It is not for practitioners.", lambda told: FOR_OTHERS.match(told.sentence)),
    ("Something begins on that day.", lambda told: told.begins_something),
    ("It ends on that day.", lambda told: is_far_end(told.row, told.mention)),
    (
        "It is a week or a period.",
        lambda told: is_of_range(told.row, told.mention) and told.row.says(WEEK_OR_DURING),
    ),
    ("It was past when it was announced.", lambda told: told.is_long_past),
    ("Nothing says that training is held on that day.", lambda told: told.is_only_spoken_of),
    ("The page tells of it as past.", lambda told: told.is_told_as_past),
)


def is_of_range(row: Row, mention: Mention) -> bool:
    """Whether the day is an end of a range of days without hours."""
    return not row.times and any(day.until and day.group == mention.group for day in row.days)


def is_far_end(row: Row, mention: Mention) -> bool:
    """Whether the day ends a range that began weeks before: "13 September - 29 November"."""
    if not mention.until or row.times:
        return False
    before = (day for day in row.days if day.group == mention.group and day is not mention)
    first = next(before, mention)
    months = (mention.month - first.month) % 12
    return months * DAYS_OF_A_MONTH + mention.day - first.day > LONGEST_TRAINING


def standing(
    row: Row, mention: Mention, day: date | None, published: date | None, label: str = ""
) -> Standing:
    """What the words around the day make of it.

    `day` is the day it would be, if known; `label` the line above, which names a day that stands
    alone.
    """
    before, after = sentence_around(row, mention.start, mention.end)
    near = before[-NEAR:]
    if row.is_bare and len(label) <= NEAR:
        near = f"{label} {near}"
    sentence = f"{before} {after[:NEAR]}"
    told = _Told(row, mention, day, published, label, near, sentence, after)
    return (
        _first(NEVER, told)
        or _off(told)
        or _first(NOT_HERE, told)
        or Standing(True, Status.FULL if is_full(sentence) else None)
    )


def _first(rules: tuple[Rule, ...], told: _Told) -> Standing | None:
    return next((Standing(False, None, why) for why, holds in rules if holds(told)), None)


def _off(told: _Told) -> Standing | None:
    """What was moved or called off; and the new day of what was moved."""
    if is_given_up(told.row, told.mention, told.near, told.after):
        return Standing(False, Status.MOVED, "The page says it has been moved.")
    if takes_its_place(told.near, told.sentence):
        return Standing(True, None)
    if IF.search(told.sentence):
        return None
    if CANCELLED.search(told.sentence):
        return Standing(False, Status.CANCELLED, "The page says it is cancelled.")
    if POSTPONED.search(told.sentence):
        return Standing(False, Status.POSTPONED, "The page says it is postponed.")
    return None


def labels_away(text: str) -> bool:
    """Whether a line names a day that is no session: "Closing date", "To be actioned by"."""
    at = max(0, len(text) - FAR)
    return bool(LABELLED_AWAY.match(text) or DEADLINE.search(text, at) or IN_FORCE.search(text, at))


def of_label(label: str) -> Status | None:
    """What a line that says nothing else makes of the day below: "*** CANCELLED ***"."""
    return of_title(label) if OFF_ALONE.fullmatch(label) else None


def of_title(title: str) -> Status | None:
    """What the title says of everything under it."""
    if is_full(title):
        return Status.FULL
    if CANCELLED.search(title):
        return Status.CANCELLED
    return Status.POSTPONED if POSTPONED.search(title) else None


def is_full(text: str) -> bool:
    return bool(FULL.search(NOT_FULL.sub("", text)))


def are_office_hours(row: Row) -> bool:
    """Whether the times on this line are when somebody can be reached, or only an example."""
    return not row.days and any(map(row.says, (OFFICE_HOURS, ON_CALL, EXAMPLE)))
