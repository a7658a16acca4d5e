"""How well the reader reads: what it finds in a folder of cases against what a person found there.

A case is NN-name.txt, the page; NN-name.meta.json, which knows the page's date; NN-name.truth.json.

    python -m tests.news.scoring FOLDER --mistakes
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click
from rapidfuzz import fuzz

from webapp.formats import news_json, news_page

# From here on two titles may be those of one announcement.
ALIKE = 65
# What all sessions in common add to the likeness of the titles.
FOR_SESSIONS = 50

Json = dict[str, Any]


@dataclass
class Tally:
    """Of what was looked for: found, claimed without reason, overlooked."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find."""
        all_ = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / all_ if all_ else 1.0


@dataclass
class Score:
    items: Tally = field(default_factory=Tally)
    sessions: Tally = field(default_factory=Tally)
    whole_sessions: Tally = field(default_factory=Tally)
    decisions: Tally = field(default_factory=Tally)
    # A date other than the one written, or a weekday that does not fit, without a word about it.
    silent: list[str] = field(default_factory=list)
    # A year that nothing on the page tells.
    years: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    @property
    def decided_right(self) -> float:
        """The share of announcements that are rightly training or rightly not."""
        everything = self.decisions.right + self.decisions.wrong
        return self.decisions.right / everything if everything else 1.0


def score(folder: Path) -> Score:
    total = Score()
    for truth_file in sorted(folder.glob("*.truth.json")):
        case = truth_file.name.removesuffix(".truth.json")
        truth = json.loads(truth_file.read_text("utf-8"))["items"]
        Case(case, found(folder, case), truth, total).count()
    return total


def found(folder: Path, case: str) -> list[Json]:
    known = json.loads((folder / f"{case}.meta.json").read_text("utf-8"))["page_published"]
    page = (folder / f"{case}.txt").read_bytes()
    published = date.fromisoformat(known) if known else None
    return list(news_json.as_json(news_page.read(page, published))["items"])


class Case:
    """One page; what is ambiguous to a person is neither right nor wrong to find."""

    def __init__(self, name: str, items: list[Json], truth: list[Json], total: Score) -> None:
        self.name, self.truth, self.total = name, truth, total
        self.items = items
        self.pairs = matched(items, truth, likeness)

    def count(self) -> None:
        self._count_items()
        self._count_sessions()

    def _note(self, what: str, of: object) -> None:
        self.total.mistakes.append(f"{self.name}: {what}: {of}")

    def _count_items(self) -> None:
        of_truth = {second: first for first, second in self.pairs}
        for index, item in enumerate(self.truth):
            if item.get("is_training_ambiguous"):
                continue
            partner = self.items[of_truth[index]] if index in of_truth else None
            taken = partner is not None and partner["is_training"]
            self._decided(item["title"], taken=taken, should=item["is_training"])
        matched_ = {first for first, _ in self.pairs}
        for index, item in enumerate(self.items):
            if item["is_training"] and index not in matched_ and not self._is_part(item):
                self._decided(item["title"], taken=True, should=False)

    def _decided(self, title: str, *, taken: bool, should: bool) -> None:
        total = self.total
        total.decisions.right += taken == should
        total.decisions.wrong += taken != should
        total.items.right += taken and should
        total.items.wrong += taken and not should
        total.items.missed += should and not taken
        if taken != should:
            self._note("overlooked" if should else "no training", title)

    def _is_part(self, item: Json) -> bool:
        """Whether it tells days of one announcement, which may stand in several items."""
        days = item["sessions"]
        return bool(days) and any(shared(item, of) == len(days) for of in self.truth)

    def _count_sessions(self) -> None:
        ours = [one for item in self.items if item["is_training"] for one in item["sessions"]]
        theirs = [(one, item) for item in self.truth for one in item["sessions"]]
        pairs = matched(ours, [one for one, _ in theirs], closeness)
        total = self.total
        for first, second in pairs:
            self._compare(ours[first], theirs[second][0])
        for index in set(range(len(ours))) - {first for first, _ in pairs}:
            total.sessions.wrong += 1
            total.whole_sessions.wrong += 1
            self._note("no session", moment(ours[index]))
        for index in set(range(len(theirs))) - {second for _, second in pairs}:
            one, item = theirs[index]
            if not item.get("is_training_ambiguous"):
                total.sessions.missed += 1
                total.whole_sessions.missed += 1
                self._note("session overlooked", moment(one))

    def _compare(self, our: Json, their: Json) -> None:
        day, total = fit(our, their), self.total
        for tally, parts in (
            (total.sessions, ("start",)),
            (total.whole_sessions, ("start", "end")),
        ):
            is_right = day == "right" and all(our[part] == their[part] for part in parts)
            tally.right += is_right
            tally.wrong += not is_right
            tally.missed += not is_right
        says = f"{moment(our)} for {moment(their)}"
        if day == "silent" or (their["weekday_conflict"] and not our["weekday_conflict"]):
            total.silent.append(f"{self.name}: {says}")
        if day == "year":
            total.years.append(f"{self.name}: {says}")
        if (our["start"], our["end"]) != (their["start"], their["end"]):
            self._note("other times", says)
        if our["weekday_conflict"] and not their["weekday_conflict"]:
            self._note("no conflict", says)


def fit(our: Json, their: Json) -> str:
    """ "right", "silent" (another day and no word of it), "year" (which nobody can know), or ""."""
    day, others = our["date"], their.get("alt_dates", [])
    if their["date"]:
        if day == their["date"]:
            return "right"
        is_told = our["weekday_conflict"]
        return "" if day not in others else "right" if is_told else "silent"
    if day is None:
        return "right" if not their.get("md") or our["md"] == their["md"] else ""
    if day in others or day[5:] == their.get("md"):
        return "right" if our["year_inferred"] or our["weekday_conflict"] else "year"
    return ""


def closeness(our: Json, their: Json) -> float:
    day = fit(our, their)
    times = 2 * (our["start"] == their["start"]) + (our["end"] == their["end"])
    return {"right": 10, "year": 8, "silent": 5, "": 0}[day] + times if day else 0


def shared(item: Json, truth: Json) -> int:
    def is_same(our: Json, their: Json) -> float:
        return float(bool(fit(our, their)) and our["start"] == their["start"])

    return len(matched(item["sessions"], truth["sessions"], is_same))


def likeness(item: Json, truth: Json) -> float:
    titles = [truth["title"], *truth.get("title_alt", [])]
    alike = max(fuzz.token_set_ratio(plain(item["title"]), plain(title)) for title in titles)
    if truth["sessions"]:
        alike += FOR_SESSIONS * shared(item, truth) / len(truth["sessions"])
    return alike if alike >= ALIKE else 0


def matched(
    ours: list[Json], theirs: list[Json], value: Callable[[Json, Json], float]
) -> list[tuple[int, int]]:
    """The pairs, best first, each one once; nothing is paired whose value is 0."""
    ranked = sorted(
        (-value(our, their), first, second)
        for first, our in enumerate(ours)
        for second, their in enumerate(theirs)
    )
    pairs: dict[int, int] = {}
    for worth, first, second in ranked:
        if worth and first not in pairs and second not in pairs.values():
            pairs[first] = second
    return list(pairs.items())


def plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower().replace("’", "").replace("'", "")))


def moment(session: Json) -> str:
    return f"{session['date'] or session.get('md')} {session['start']}-{session['end']}"


def told(total: Score) -> Iterator[str]:
    yield f"announcements F1 {total.items.f1:.3f} {total.items}"
    yield f"sessions by day and start F1 {total.sessions.f1:.3f} {total.sessions}"
    yield f"sessions with their end F1 {total.whole_sessions.f1:.3f} {total.whole_sessions}"
    yield f"training or not {total.decided_right:.3f}"
    yield f"silent corrections {len(total.silent)}, years without evidence {len(total.years)}"
    yield from (f"silent: {one}" for one in total.silent)
    yield from (f"year: {one}" for one in total.years)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--mistakes", is_flag=True)
def main(folder: Path, mistakes: bool) -> None:
    total = score(folder)
    click.echo("\n".join([*told(total), *(total.mistakes if mistakes else [])]))


if __name__ == "__main__":
    main()
