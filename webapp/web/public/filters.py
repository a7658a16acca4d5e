"""What somebody looks for, as it stands in the address, so that it can be sent to a colleague."""

from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from webapp.formats.months import Month
from webapp.formats.words import FORMATS, KINDS
from webapp.models import Format, Kind
from webapp.services.programme import Filters

TEXT_LENGTH = 100
YES = "yes"

Word = TypeVar("Word", bound=StrEnum)


def read(arguments: MultiDict[str, str]) -> Filters:
    """The filters an address names. What makes no sense is passed over, as if it were not there."""
    month = Month.read(arguments.get("month"))
    text = " ".join(arguments.get("text", "").replace("\x00", "").split())
    return Filters(
        kind=_word(Kind, arguments.get("kind")),
        format=_word(Format, arguments.get("format")),
        audience=arguments.get("audience", "")[:TEXT_LENGTH] or None,
        month=str(month) if month else None,
        text=text[:TEXT_LENGTH] or None,
        with_places=arguments.get("places") == YES,
    )


def as_arguments(filters: Filters) -> dict[str, str]:
    """The same filters for an address: url_for("public.programme", **as_arguments(filters))."""
    named = {
        "kind": filters.kind,
        "format": filters.format,
        "audience": filters.audience,
        "month": filters.month,
        "text": filters.text,
        "places": YES if filters.with_places else None,
    }
    return {name: str(value) for name, value in named.items() if value}


def in_words(filters: Filters, audiences: dict[str, str]) -> dict[str, str]:
    """What each filter in force says on its tag; `audiences` are sectors' names by slug."""
    month = Month.read(filters.month)
    said = {
        "text": f"“{filters.text}”" if filters.text else None,
        "kind": KINDS[filters.kind] if filters.kind else None,
        "format": FORMATS[filters.format] if filters.format else None,
        "audience": audiences.get(filters.audience or ""),
        "month": month.words if month else None,
        "places": "With places left" if filters.with_places else None,
    }
    return {name: words for name, words in said.items() if words}


def _word(words: type[Word], value: str | None) -> Word | None:
    return words(value) if value in {word.value for word in words} else None
