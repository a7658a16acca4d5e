"""Rows to iCalendar bytes."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Invitation:
    """One message to one diary about one day: a REQUEST to put it in or a CANCEL to take it out."""

    method: Literal["REQUEST", "CANCEL"]
    ics: bytes
    filename: str
