"""How full a course date is, counted once and said everywhere in the same words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """Counts of one course date. `capacity` None means as many as come."""

    capacity: int | None
    confirmed: int = 0
    offered: int = 0
    waiting: int = 0
    # Of the confirmed by the register: who came without a place; and of those with one, who came
    # and who is not marked.
    walk_ins: int = 0
    came: int = 0
    unmarked: int = 0

    @property
    def taken(self) -> int:
        """Places nobody else can have: confirmed, and kept for somebody until a deadline."""
        return self.confirmed + self.offered

    @property
    def free(self) -> int | None:
        """How many nobody has so far, whoever may have them; None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def left(self) -> int | None:
        """How many a newcomer could have; None when there is no limit.

        While somebody waits there are none: a free place is theirs first.
        """
        if self.capacity is None:
            return None
        return 0 if self.waiting else self.free

    @property
    def is_full(self) -> bool:
        return self.left == 0

    def why_no_room(self, coming: int = 1) -> str | None:
        """One sentence saying what stands against so many more; None while they have places."""
        if self.left is None or coming <= self.left:
            return None
        has = "1 place" if self.capacity == 1 else f"{self.capacity} places"
        taken = "1 is" if self.taken == 1 else f"{self.taken or 'none'} are"
        said = f"The date has {has}: {taken} taken or kept for somebody"
        if self.waiting:
            said += f", and {self.waiting} {'waits' if self.waiting == 1 else 'wait'} for one"
        return f"{said}." if coming == 1 else f"{coming} people would come. {said}."

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
        """As every page says it: "7 places left", "1 place left", "Full: 3 waiting"."""
        if self.left is None:
            return "Places available"
        if self.left:
            return f"{self.left} place{'' if self.left == 1 else 's'} left"
        return f"Full: {self.waiting} waiting" if self.waiting else "Full"
