"""The three ways to deal with a full date that are compared. Each is the product itself, with a
setting or without its waiting list."""

from dataclasses import dataclass, field

YEARS = 3 * 365 * 24


@dataclass(frozen=True)
class Rule:
    name: str
    has_line: bool = True
    # Settings of the partnership that are others than the usual.
    settings: dict[str, int] = field(default_factory=dict, hash=False)


# Who finds a date full goes away; what comes free is for whoever looks at the page then.
NO_LINE = Rule("no waiting list", has_line=False)
# All who wait are told of each place at once, however far the start is: what we do near the start.
FIRST_COME = Rule("first come, all told", settings={"first_to_take_hours": YEARS})
OFFERS = Rule("our offers")
RULES = (NO_LINE, FIRST_COME, OFFERS)
