"""Reading what the address of a list asks for; what makes no sense there counts for nothing."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for

from webapp.web.numbers import number as number
from webapp.web.numbers import page_number as page_number
from webapp.web.ticks import ticked as ticked

Word = TypeVar("Word", bound=StrEnum)

LONGEST = 200
# It stands in no address of ours by itself.
ANY_NUMBER = 987654321


def text(name: str) -> str | None:
    return request.args.get(name, "").replace("\x00", "").strip()[:LONGEST] or None


def word(words: type[Word], name: str) -> Word | None:
    said = request.args.get(name)
    return words(said) if said in set(words) else None


def same_list(*names: str) -> Callable[..., str]:
    """A function for templates: the address of this list as asked for, but for what it is given."""

    def address(endpoint: str | None = None, **changes: object) -> str:
        values: dict[str, Any] = {name: request.args.get(name) for name in names}
        values |= request.view_args or {}
        return url_for(endpoint or str(request.endpoint), **(values | changes))

    return address


def addresses_of(endpoint: str, name: str) -> Callable[[int], str]:
    """A function for templates: the address of this page for one row after another, by the value
    that it calls `name`. Only the first is looked up among all routes; long lists have hundreds."""
    values: dict[str, Any] = {name: ANY_NUMBER}
    before, after = url_for(endpoint, **values).split(str(ANY_NUMBER))
    return lambda number: f"{before}{number}{after}"
