"""How full a course date is, counted once and said everywhere in the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from webapp.clock import london


@dataclass(frozen=True)
class Held:
    """The places that a sector has for its own, and how many its people have taken."""

    sector_id: int
    name: str
    number: int
    taken: int = 0

    @property
    def free(self) -> int:
        return max(self.number - self.taken, 0)


@dataclass(frozen=True)
class Places:
    """Counts of one course date. `capacity` None means as many as come.

    Whoever comes from a sector that has places of its own takes one of those first. Nobody is put
    down for the one kind or the other: it follows from how many come from where, so that it is
    right again after whatever has changed.
    """

    capacity: int | None
    confirmed: int = 0
    offered: int = 0
    waiting: int = 0
    # Not in line before an organiser allows it.
    to_approve: int = 0
    # Of the confirmed by the register: who came without a place; and of those with one, who came
    # and who is not marked.
    walk_ins: int = 0
    came: int = 0
    unmarked: int = 0
    # What sectors have for their own, until when, and who waits of which, by its id; nothing of it
    # where no places are held any more.
    held: tuple[Held, ...] = ()
    held_until: datetime | None = None
    waiting_of: Mapping[int, int] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        """Places nobody else can have: confirmed, and kept for somebody until a deadline."""
        return self.confirmed + self.offered

    @property
    def people(self) -> int:
        """Everybody who is told of what happens to the date."""
        return self.taken + self.waiting + self.to_approve

    @property
    def free(self) -> int | None:
        """How many nobody has so far, whoever may have them; None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    def open_to(self, sector_id: int | None) -> int | None:
        """How many of the free ones somebody of this sector may have: its own, and those that are
        nobody's. None when there is no limit.

        Beyond the places, or where a colleague of another sector came instead, fewer may be free
        than are held: then they go to whichever of those sectors is first.
        """
        if self.free is None or not self.held:
            return self.free
        own = sum(one.free for one in self.held if one.sector_id == sector_id)
        others = sum(one.free for one in self.held) - own
        return max(self.free - others, min(own, self.free))

    def left_for(self, sector_id: int | None) -> int | None:
        """How many a newcomer of this sector could have; None when there is no limit.

        While somebody waits who may have a place, it is theirs first.
        """
        own = self.open_to(sector_id)
        if not self.waiting or own is None:
            return own
        if not self.held or sector_id in self.waiting_of:
            return 0
        if any(self.open_to(other) for other in self.waiting_of):
            free = sum(one.free for one in self.held if one.sector_id == sector_id)
            return min(free, own)
        return own

    def with_one_more(self, sector_id: int | None) -> Places:
        """The same once somebody of this sector has a place, too."""
        held = tuple(
            replace(one, taken=one.taken + (one.sector_id == sector_id)) for one in self.held
        )
        return replace(self, confirmed=self.confirmed + 1, held=held)

    @property
    def left(self) -> int | None:
        """How many anybody could have who comes now; None when there is no limit."""
        return self.left_for(None)

    @property
    def kept_for(self) -> tuple[Held, ...]:
        """The sectors whose people could have more than others."""
        return tuple(
            one for one in self.held if (self.left_for(one.sector_id) or 0) > (self.left or 0)
        )

    @property
    def kept(self) -> int:
        """How many of the free ones only people of those sectors could have."""
        if not self.held:
            return 0
        beyond = (self.free or 0) - (self.open_to(None) or 0)
        return min(beyond, sum(one.free for one in self.kept_for))

    @property
    def is_full(self) -> bool:
        """Whether nobody could have one, of whatever sector."""
        return self.left == 0 and not self.kept_for

    def why_no_room(self, *coming: int | None) -> str | None:
        """One sentence saying what stands against so many more, of these sectors (None is any);
        None while they have places. Of one, when none are named."""
        coming = coming or (None,)
        if self._has_room(coming):
            return None
        has = "1 place" if self.capacity == 1 else f"{self.capacity} places"
        taken = "1 is" if self.taken == 1 else f"{self.taken or 'none'} are"
        said = f"The date has {has}: {taken} taken or kept for somebody"
        if self.kept:
            said += f", {self.kept} {self._for_whom}"
        if self.waiting:
            said += f", and {self.waiting} {'waits' if self.waiting == 1 else 'wait'} for one"
        return f"{said}." if len(coming) == 1 else f"{len(coming)} people would come. {said}."

    def _has_room(self, coming: Sequence[int | None]) -> bool:
        after = self
        for sector_id in coming:
            if after.left_for(sector_id) == 0:
                return False
            after = after.with_one_more(sector_id)
        return True

    @property
    def afterwards(self) -> str:
        """Of a date that is over: "3 of 4 with a place came, 1 not marked, 2 walk-ins"."""
        said = f"{self.came} of {self.confirmed - self.walk_ins} with a place came"
        if self.unmarked:
            said += f", {self.unmarked} not marked"
        if self.walk_ins:
            said += f", {self.walk_ins} walk-in{'' if self.walk_ins == 1 else 's'}"
        return said

    @property
    def words(self) -> str:
        """As every page says it: "7 places left", "1 place left", "Full: 3 waiting"; and "3 places
        left; 2 more kept for Education until 12 May"."""
        if self.left is None:
            return "Places available"
        if self.left:
            kept = f"; {self.kept} more {self._for_whom}" if self.kept else ""
            return f"{_places(self.left)} left{kept}"
        if self.kept:
            waiting = f"; {self.waiting} waiting" if self.waiting else ""
            return f"{_places(self.kept)} left, {self._for_whom}{waiting}"
        return f"Full: {self.waiting} waiting" if self.waiting else "Full"

    @property
    def _for_whom(self) -> str:
        *others, last = [one.name for one in self.kept_for]
        names = f"{', '.join(others)} and {last}" if others else last
        if self.held_until is None:
            return f"kept for {names}"
        local = london(self.held_until)
        return f"kept for {names} until {local.day} {local:%B}"


def _places(number: int) -> str:
    return f"{number} place{'' if number == 1 else 's'}"
