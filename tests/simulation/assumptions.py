"""What a year of a partnership is taken to be like: every number that the simulation believes.

docs/simulation.md says where each comes from, or that it is a guess.
"""

from dataclasses import dataclass, replace

WEEK = 7


@dataclass(frozen=True)
class Assumptions:
    """One set. Shares are of 1; days are calendar days unless they are called working days."""

    name: str

    # The programme.
    courses: int = 15
    dates_of_a_course: int = 4
    capacities: tuple[int, ...] = (10, 12, 14, 16, 18, 20)
    online: float = 0.35
    # How long before a date it can be booked.
    opens_days: int = 12 * WEEK

    # Who wants to come: this many for each place, more for some courses than for others.
    people: int = 1200
    demand: float = 1.5
    spread_of_demand: float = 0.35
    # When they look first, on average so long before the date.
    looks_days: float = 30
    # Whether another date of the course would suit them, too.
    other_date_suits: float = 0.4
    # Who finds the date full looks at the page again: who does at all, and then every so many days.
    looks_again: float = 0.3
    looks_again_days: float = 9
    # Who joins a waiting list where there is one; and who had no place by the start of the date
    # and looks at the course's next.
    joins_the_line: float = 0.85
    tries_the_next: float = 0.4

    # How they read mail: several times on a working day, once, or now and then.
    reads_often: float = 0.5
    reads_daily: float = 0.35
    reads_at: float = 0.35  # of the rest: whether at all on a working day
    # Who works four days on and four off, whatever the weekday.
    on_shifts: float = 0.2
    # Whether who reads a mail that asks for an answer gives it then, or the next time they read.
    answers_at_once: float = 0.7

    # Leave and illness, in which nobody reads mail or comes.
    leave_weeks: int = 5
    illnesses: float = 1.6
    illness_days: float = 3.5

    # What comes between: whether anything does, and when it is known. A share of it within a few
    # days of the start, a share in the last day, the rest evenly over the months before.
    something_comes_up: float = 0.14
    in_the_last_days: float = 0.35
    last_days: float = 5
    on_the_last_day: float = 0.2
    # Who then says so by themselves; of the others, who does when a reminder is read; the rest
    # just stay away. Of those who say so, who sends a colleague, and who takes another date.
    says_so: float = 0.5
    says_so_when_reminded: float = 0.5
    says_so_when_ill: float = 0.4
    sends_a_colleague: float = 0.08
    takes_another_date: float = 0.15
    # Who would forget a date nobody reminds them of, and who forgets all the same.
    forgets: float = 0.08
    forgets_although_reminded: float = 0.02

    # What a place is worth to who waits: how many working days' notice they need (a share needs
    # none), for how many days on average they still want it, and who says no rather than nothing.
    needs_no_notice: float = 0.3
    notice_days: float = 4
    wants_it_for_days: float = 120
    says_no: float = 0.4


AS_USUAL = Assumptions("as usual")
IN_HIGH_DEMAND = replace(AS_USUAL, name="in high demand", people=1800, demand=2.2, looks_days=38)
AGAINST_OFFERS = replace(
    AS_USUAL,
    name="against offers",
    demand=1.8,
    reads_often=0.2,
    reads_daily=0.35,
    reads_at=0.25,
    on_shifts=0.35,
    answers_at_once=0.4,
    something_comes_up=0.2,
    in_the_last_days=0.5,
    on_the_last_day=0.3,
    needs_no_notice=0.2,
    says_no=0.15,
)
SETS = (AS_USUAL, IN_HIGH_DEMAND, AGAINST_OFFERS)
