"""The written programme of `seeds/`: TOML entries as plain values.

What is wrong with an entry is Refused, in a sentence that names its file and the entry.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from webapp.clock import LONDON
from webapp.errors import Refused


class Numbers(list[int]):
    """A list of whole numbers, as a kind of value."""


KINDS = {
    str: "text that is not empty",
    int: "a whole number, 0 or more",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2025-05-29",
    time: "a time such as 09:00:00",
    list: "a list of texts",
    Numbers: "a list of whole numbers",
}
A_MOMENT = "%A %d %B %Y, %H:%M"
LIKE_A_MOMENT = "Thursday 29 May 2025, 10:00"


@dataclass
class Entry:
    """One table of a file: what it says, and where it stands."""

    where: str
    facts: dict[str, Any]

    def mistake(self, sentence: str) -> Refused:
        return Refused(f"{self.where}: {sentence}")

    def take(self, name: str) -> str:
        """A text on its own, which is then no longer among the facts."""
        if name not in self.facts:
            raise self.mistake(f"{name} is missing.")
        return str(self.value(name, str, self.facts.pop(name)))

    def take_answer(self, name: str) -> bool:
        """Yes or no; no when it is not there."""
        return bool(self.value(name, bool, self.facts.pop(name, False)))

    def take_entries(self, name: str, *, one: str, key: str, unique: bool = True) -> list["Entry"]:
        """The tables under `name`; each is `one` of them and known by its `key`."""
        tables = self.facts.pop(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self.mistake(f"{name} should be a list of tables.")
        found: dict[str, Entry] = {}
        for number, table in enumerate(tables, start=1):
            called = f"{one} {table[key]!r}" if key in table else f"{one} number {number}"
            if unique and called in found:
                raise self.mistake(f"{called} stands there twice.")
            found[called if unique else str(number)] = Entry(f"{self.where}, {called}", table)
        return list(found.values())

    def take_texts(self, name: str) -> list[str]:
        """A list of texts; empty when it is not there."""
        return list(self.value(name, list, self.facts.pop(name, [])))

    def expect_no_more(self) -> None:
        if self.facts:
            raise self.mistake(f"nothing is called {min(self.facts)!r} here.")

    def value(self, name: str, kind: type, given: Any) -> Any:
        """`given`, if it is of the kind that `name` should be."""
        if issubclass(kind, StrEnum):
            if given not in list(kind):
                raise self.mistake(f"{name} should be one of {', '.join(kind)}; not {given!r}.")
            return kind(given)
        if kind is float and type(given) is int:
            return float(given)
        if kind is Numbers:
            fits = isinstance(given, list) and all(type(one) is int and one >= 0 for one in given)
        else:
            fits = type(given) is kind and _fits(given)
        if not fits:
            raise self.mistake(f"{name} should be {KINDS[kind]}, not {given!r}.")
        return paragraphs(given) if isinstance(given, str) else given

    def moment(self, text: str) -> datetime:
        """ "Thursday 29 May 2025, 10:00" on the wall in London; the weekday has to fit."""
        try:
            moment = datetime.strptime(text, A_MOMENT).replace(tzinfo=LONDON)
        except ValueError:
            raise self.mistake(f"{text!r} should read like {LIKE_A_MOMENT!r}.") from None
        if not text.lower().startswith(f"{moment:%A} ".lower()):
            raise self.mistake(f"{text!r}: {moment.day} {moment:%B %Y} is a {moment:%A}.")
        return moment.astimezone(UTC)

    def day(self, text: str) -> tuple[datetime, datetime]:
        """Start and end of "Thursday 29 May 2025, 10:00 to 14:00"."""
        starts, to, ends = text.partition(" to ")
        if not to:
            raise self.mistake(f"{text!r} should read like {LIKE_A_MOMENT + ' to 14:00'!r}.")
        starts_at = self.moment(starts)
        ends_at = self.moment(f"{starts.rpartition(', ')[0]}, {ends}")
        if ends_at <= starts_at:
            raise self.mistake(f"{text!r} ends before it starts.")
        return starts_at, ends_at

    def clock_time(self, text: str) -> time:
        """ "09:30" as a clock in London shows it."""
        try:
            return datetime.strptime(text, "%H:%M").replace(tzinfo=LONDON).time()
        except ValueError:
            raise self.mistake(f"{text!r} should be a time such as '09:30'.") from None


def read(name: str, text: str) -> Entry:
    """A whole file as one entry."""
    try:
        return Entry(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{name} cannot be read: {error}.") from None


def _fits(given: object) -> bool:
    """Whether a value of the right kind says something that can be meant."""
    if isinstance(given, list):
        return all(isinstance(text, str) and text.strip() for text in given)
    if isinstance(given, str):
        return bool(given.strip())
    return not isinstance(given, int) or given >= 0


def paragraphs(text: str) -> str:
    """Text as it was meant: lines run on, an empty line begins a paragraph."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
