"""Where an announcement and the programme part ways: computed as things stand, never stored."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from webapp.clock import london
from webapp.formats import words
from webapp.formats.announcements import Status
from webapp.models import CourseDate, DateState, Places
from webapp.services import calling_off, drafts, occurrences, places, wishes
from webapp.services.arrangements import Times
from webapp.services.drafts import Draft, DraftDate

DAY_BY_DAY = (
    "The page has the days of this date one by one. Change the date itself where they differ."
)
NO_END = "The page does not say when it ends now. Edit the draft, and say so."


class Kind(StrEnum):
    """What the page says of a date that the programme does not."""

    # Accepting the draft, or taking this change, makes the date.
    NEW_DATE = "new_date"
    MOVED = "moved"
    TIMES = "times"
    PLACE = "place"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    # Called off here, and the page has a day for it.
    ON_AGAIN = "on_again"
    # The announcement no longer names it. To take the change is to cancel the date.
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """One date on which page and programme do not agree."""

    # Another one when what it says is different, so that a stale press is refused.
    key: str
    kind: Kind
    # As it is published; None for a new one.
    date: CourseDate | None
    # Who is on it; None for a new one. And how many of them would be written to.
    places: Places | None
    people: int
    # As the page has it; None when the page calls the date off or does not name it.
    draft: DraftDate | None
    # Both in words, for a person: the old is None for a new date, the new when it is called off.
    old: str | None
    new: str | None
    # Why it cannot be taken with one press, in a sentence; None when it can.
    why_not: str | None


def of(draft: Draft, *, now: datetime) -> list[Difference]:
    return of_all([draft], now=now)[draft.announcement.id]


def of_all(all_drafts: Sequence[Draft], *, now: datetime) -> dict[int, list[Difference]]:
    """The differences of all these drafts, by announcement id, in the order of the page.

    A draft that would be a new course has none.
    """
    known = {date_.id: date_ for draft in all_drafts for date_ in draft.course_dates}
    counts = places.places_of(list(known.values()), now)
    every = {one.announcement.id: _Comparison(one, counts, now) for one in all_drafts if one.course}
    missing = {one.draft.course for one in every.values() if one.draft.course and one.missing}
    named = drafts.named(missing, now=now) if missing else {}
    return {
        draft.announcement.id: every[draft.announcement.id].differences(named)
        if draft.course
        else []
        for draft in all_drafts
    }


class _Comparison:
    """One announcement beside the dates of the course it speaks of."""

    def __init__(self, draft: Draft, counts: Mapping[int, Places], now: datetime) -> None:
        self.draft, self.counts, self.now = draft, counts, now
        edits = draft.announcement.edits
        self.left, self.groups = set(edits.get("left", [])), edits.get("groups", {})
        settled = drafts.settled_item(draft.announcement)
        self.said = set(occurrences.each_says(settled, self.groups).values()) if settled else set()
        self.says = occurrences.each_says(draft.item, self.groups)
        self.settled = occurrences.of(settled.sessions, self.groups) if settled else []
        self.off = occurrences.of(settled.called_off) if settled else []
        self.was_off = {(one.as_read, one.sessions[0].status) for one in self.off}
        # The dates that it named when it was settled, and does not any more.
        now_said = {one.as_read for one in occurrences.of(draft.item.sessions, self.groups)}
        self.missing = [one for one in self.settled if one.as_read not in now_said]
        self.named = {
            times for one in draft.dates if one.date for times in wishes.days(one, one.date)
        }

    def differences(self, named: Mapping[int, set[int]]) -> list[Difference]:
        """`named`: which announcements name each date, by their ids."""
        new = [one for one in self.draft.dates if one.is_new]
        off = self._called_off()
        gone = self._gone({date_.id for _, date_ in off}, named)
        moved = [date_ for status, date_ in off if status is Status.MOVED] + gone
        found = [each for one in self.draft.dates if (each := self._of_known(one))]
        waits = [date_ for date_ in self._postponed() if date_ not in moved]
        for old, one in _nearest([*moved, *waits], new):
            move = self._made(Kind.MOVED, old, one)
            # Said to be no move: then one is gone and the other is new.
            if move.key not in self.left:
                found.append(move)
                new.remove(one)
                moved = [date_ for date_ in moved if date_ is not old]
        found += [self._made(Kind.NEW_DATE, None, one) for one in new]
        for status, date_ in off:
            if status is not Status.MOVED and not _is_so(date_, status):
                kind = Kind.POSTPONED if status is Status.POSTPONED else Kind.CANCELLED
                found.append(self._made(kind, date_, None))
        found += [self._made(Kind.GONE, date_, None) for date_ in moved]
        return [one for one in found if one.key not in self.left]

    def _called_off(self) -> list[tuple[Status | None, CourseDate]]:
        """The coming dates that the page calls off, with how; what it did before is no news."""
        every = occurrences.of(self.draft.item.called_off)
        partners = occurrences.partners(every, self._free())
        return [
            (status, partners[one.key])
            for one in every
            for status in [one.sessions[0].status]
            if one.key in partners and (one.as_read, status) not in self.was_off
        ]

    def _gone(self, off: set[int], named: Mapping[int, set[int]]) -> list[CourseDate]:
        """The coming dates that are missing, and that no other announcement names."""
        ours = {self.draft.announcement.id}
        free = [
            date_
            for date_ in self._free()
            if date_.id not in off and named.get(date_.id, ours) <= ours
        ]
        return list(occurrences.partners(self.missing, free).values())

    def _postponed(self) -> list[CourseDate]:
        """The dates it put off before: a new day may be that of the people who wait for one."""
        free = [date_ for date_ in self._free() if date_.state is DateState.POSTPONED]
        return list(dict.fromkeys(occurrences.partners(self.off, free).values()))

    def _free(self) -> Iterable[CourseDate]:
        named = {one.date.id for one in self.draft.dates if one.date}
        for date_ in self.draft.course_dates:
            begun = date_.has_started(self.now) or date_.state is DateState.CANCELLED
            if date_.id not in named and not begun:
                yield date_

    def _of_known(self, one: DraftDate) -> Difference | None:
        """What is different about a date that both have; what the page said before is no news."""
        date_ = one.date
        if date_ is None or date_.has_started(self.now) or self.says[one.key] in self.said:
            return None
        wanted, there = wishes.days(one, date_), wishes.published_days(date_)
        if date_.is_off:
            return self._made(Kind.ON_AGAIN, date_, one) if wanted else None
        if wanted and wanted != there and not self._is_part_of(wanted, there):
            is_same_day = _local(wanted) == _local(there)
            return self._made(Kind.TIMES if is_same_day else Kind.MOVED, date_, one)
        if not wanted and wishes.is_held_back_at_other_hours(one, date_):
            return self._made(Kind.TIMES, date_, one)
        return self._made(Kind.PLACE, date_, one) if wishes.is_elsewhere(one, date_) else None

    def _is_part_of(self, wanted: Sequence[Times], there: Sequence[Times]) -> bool:
        """Whether the page has the days of one date each by itself, and all of them."""
        return set(wanted) <= set(there) <= self.named

    def _made(self, kind: Kind, date_: CourseDate | None, one: DraftDate | None) -> Difference:
        old = f"{words.when(date_)}, {words.place(date_)}" if date_ else None
        new = wishes.in_words(one, date_) if one else None
        name = f"{kind} {date_.id if date_ else ''} {one.key if one else ''} {old} {new}"
        return Difference(
            key=hashlib.sha256(name.encode()).hexdigest()[:16],
            kind=kind,
            date=date_,
            places=self.counts[date_.id] if date_ else None,
            people=self._people(kind, date_, one) if date_ else 0,
            draft=one,
            old=old,
            new=new,
            why_not=self._why_not(kind, date_, one),
        )

    def _people(self, kind: Kind, date_: CourseDate, one: DraftDate | None) -> int:
        """As `arrangements` tells them: another platform matters to who has a place."""
        counts = self.counts[date_.id]
        if kind is Kind.PLACE and one and one.is_online and date_.is_online:
            return counts.confirmed
        return counts.people

    def _why_not(self, kind: Kind, date_: CourseDate | None, one: DraftDate | None) -> str | None:
        if kind is Kind.POSTPONED and date_:
            return calling_off.why_not_postponed(date_, self.now)
        if kind in {Kind.CANCELLED, Kind.GONE} and date_:
            return calling_off.why_not_cancelled(date_, self.now)
        if kind is Kind.NEW_DATE and one:
            fields = (one.key, *(day.key for day in one.days))
            mine = (p for p in self.draft.problems if p.field.partition(".")[0] in fields)
            return next((problem.sentence for problem in mine), None)
        if sum(other.date is date_ for other in self.draft.dates) > 1:
            return DAY_BY_DAY
        asked = [day.question for day in one.days if day.question] if one else []
        if asked:
            return asked[0]
        wanted = wishes.days(one, date_) if one else ()
        return NO_END if any(ends <= starts for starts, ends in wanted) else None


def _nearest(
    old: Sequence[CourseDate], new: Sequence[DraftDate]
) -> list[tuple[CourseDate, DraftDate]]:
    """Which new date each of the old ones became: the nearest, each once."""
    pairs = sorted(
        (abs((there - here).days), number, position)
        for number, date_ in enumerate(old)
        for position, one in enumerate(new)
        for here in occurrences.local_days(date_)[:1]
        for there in [one.days[0].day]
        if there is not None
    )
    found: list[tuple[CourseDate, DraftDate]] = []
    for _, number, position in pairs:
        if all(old[number] is not date_ and new[position] is not one for date_, one in found):
            found.append((old[number], new[position]))
    return found


def _is_so(date_: CourseDate, status: Status | None) -> bool:
    return date_.state is DateState.POSTPONED and status is Status.POSTPONED


def _local(days: Sequence[Times]) -> list[date]:
    return [london(starts).date() for starts, _ in days]
