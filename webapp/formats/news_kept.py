"""An announcement as it is kept in a row, and read again without loss."""

from dataclasses import asdict
from datetime import date, time
from typing import Any

from webapp.formats.announcements import AgendaLine, Item, Reading, Session, Status, Sure, Words
from webapp.models import Kind


def item_as_json(item: Item) -> dict[str, Any]:
    return dict(_plain(asdict(item)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


def item_of_json(kept: dict[str, Any]) -> Item:
    """What `item_as_json` wrote."""
    return Item(
        **{
            **kept,
            **{name: _words(kept[name]) for name in WORDS},
            "kind": Kind(kept["kind"]) if kept["kind"] else None,
            "published": _day(kept["published"]),
            "sessions": tuple(_session(one) for one in kept["sessions"]),
            "called_off": tuple(_session(one) for one in kept["called_off"]),
            "agenda": tuple(
                AgendaLine(**{**one, "starts": _time(one["starts"])}) for one in kept["agenda"]
            ),
            "speakers": tuple(_words(one) for one in kept["speakers"]),
            "sure": Sure(kept["sure"]),
        }
    )


WORDS = ("title", "published_words", "venue", "audience", "outline", "booking")


def _words(kept: Any) -> Any:
    return kept and Words(**{**kept, "sure": Sure(kept["sure"])})


def _session(kept: dict[str, Any]) -> Session:
    return Session(
        **{
            **kept,
            "day": _day(kept["day"]),
            "month_day": kept["month_day"] and tuple(kept["month_day"]),
            "readings": tuple(
                Reading(**{**one, "day": _day(one["day"])}) for one in kept["readings"]
            ),
            "starts": _time(kept["starts"]),
            "ends": _time(kept["ends"]),
            "venue": _words(kept["venue"]),
            "status": Status(kept["status"]) if kept["status"] else None,
            "sure": Sure(kept["sure"]),
        }
    )


def _day(text: str | None) -> Any:
    return text and date.fromisoformat(text)


def _time(text: str | None) -> Any:
    return text and time.fromisoformat(text)


def words(kept: Any) -> Any:
    """The same without where on its page it stands."""
    if isinstance(kept, dict):
        return {name: words(one) for name, one in kept.items() if name not in {"start", "end"}}
    return [words(one) for one in kept] if isinstance(kept, list) else kept
