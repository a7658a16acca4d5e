"""What came of all the years, side by side, and in words where our rules lose."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev

from tests.simulation.assumptions import Assumptions
from tests.simulation.outcomes import Outcome
from tests.simulation.rules import OFFERS, RULES, Rule

# By rule: the outcomes of one set, seed by seed.
Found = Mapping[Rule, Sequence[Outcome]]
ROW = "{:<24}{:>7}{:>16}{:>14}{:>12}{:>12}{:>12}{:>14}{:>14}{:>10}"
HEAD = (
    "", "seats", "attended", "fill, %", "mails/seat", "passed on", "empty for", "had no place",
    "told of none", "too late",
)  # fmt: skip

# Student's t for 2 years, 3 and so on, two-sided; for more than ten years that of ten will do.
STUDENT = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26)


@dataclass(frozen=True)
class Measure:
    """Something to compare the rules by."""

    words: str
    unit: str
    value: Callable[[Outcome], float]
    is_better_high: bool = False


MEASURES = (
    Measure("attended seats", "", lambda one: one.attended, is_better_high=True),
    Measure("mails for each attended seat", "", lambda one: one.mails_a_seat),
    Measure("places passed on", "% of those given up", lambda one: one.share_passed_on, True),
    Measure("how long a freed place stood empty", "hours", lambda one: one.empty_hours),
    Measure("people who had no place", "", lambda one: one.without),
    Measure("people who were told of no place", "", lambda one: one.told_of_none),
    Measure("times that somebody came too late", "", lambda one: one.too_late),
)


def written(sets: Mapping[Assumptions, Found], seeds: Sequence[int]) -> Iterator[str]:
    """The table and the words, line by line."""
    yield f"Seeds {', '.join(map(str, seeds))}; mean ± standard deviation over them."
    for given, found in sets.items():
        yield ""
        yield from _of_set(given, found)
    yield ""
    yield from _lost(sets)


def _of_set(given: Assumptions, found: Found) -> Iterator[str]:
    yield ROW.format(given.name.upper(), *HEAD[1:])
    for rule in RULES:
        ones = found[rule]
        yield ROW.format(
            rule.name,
            f"{mean(one.seats for one in ones):.0f}",
            spread([one.attended for one in ones], "{:.0f}"),
            spread([one.fill for one in ones], "{:.1f}"),
            f"{mean(one.mails_a_seat for one in ones):.2f}",
            f"{mean(one.share_passed_on for one in ones):.0f}%",
            f"{mean(one.empty_hours for one in ones):.0f} h",
            f"{mean(one.without for one in ones):.0f}",
            f"{mean(one.told_of_none for one in ones):.0f}",
            f"{mean(one.too_late for one in ones):.0f}",
        )
    for rule in RULES:
        if rule is not OFFERS:
            more = paired(found, rule, lambda one: one.attended)
            ahead = sum(difference > 0 for difference in more)
            chance = "; may be chance" if may_be_chance(more) else ""
            yield (
                f"  {OFFERS.name} beside {rule.name}: {spread(more, '{:+.1f}')} attended seats"
                f" a year (ahead in {ahead} of {len(more)} years{chance})"
            )


def _lost(sets: Mapping[Assumptions, Found]) -> Iterator[str]:
    """Where another rule does better than ours by what was counted."""
    lines = [
        _sentence(given, rule, measure, paired(found, rule, measure.value))
        for given, found in sets.items()
        for rule in RULES
        if rule is not OFFERS
        for measure in MEASURES
        if _loses(measure, paired(found, rule, measure.value))
    ]
    yield "Where our offers lose:" if lines else "Our offers lose nowhere by what is counted here."
    yield from lines


def paired(found: Found, other: Rule, value: Callable[[Outcome], float]) -> list[float]:
    """How much more our offers have than the other rule, seed by seed."""
    pairs = zip(found[OFFERS], found[other], strict=True)
    return [value(ours) - value(theirs) for ours, theirs in pairs]


def spread(values: Sequence[float], form: str) -> str:
    spreads = stdev(values) if len(values) > 1 else 0.0
    return f"{form.format(mean(values))} ± {form.replace('+', '').format(spreads)}"


def _loses(measure: Measure, more: Sequence[float]) -> bool:
    return mean(more) < 0 if measure.is_better_high else mean(more) > 0


def _sentence(given: Assumptions, rule: Rule, measure: Measure, more: Sequence[float]) -> str:
    worse = sum(_loses(measure, [one]) for one in more)
    by = spread(more, "{:+.1f}") + (f" {measure.unit}" if measure.unit else "")
    chance = "; may be chance" if may_be_chance(more) else ""
    years = f"worse in {worse} of {len(more)} years{chance}"
    return f"- {given.name}, {measure.words}: {by} beside {rule.name} ({years})"


def may_be_chance(more: Sequence[float]) -> bool:
    """Whether the years vary so much that nothing could be behind it (Student's t, 95 of 100)."""
    if len(more) < 2:
        return True
    bound = STUDENT[min(len(more) - 2, len(STUDENT) - 1)]
    return abs(mean(more)) < bound * stdev(more) / sqrt(len(more))
