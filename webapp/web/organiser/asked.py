"""Reading what the address of a list asks for; what makes no sense there counts for nothing."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for

from webapp.web.addresses import addresses_of as addresses_of
from webapp.web.numbers import number as number
from webapp.web.numbers import page_number as page_number
from webapp.web.ticks import ticked as ticked

Word = TypeVar("Word", bound=StrEnum)

LONGEST = 200


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
