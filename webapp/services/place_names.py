"""What announcements call buildings and platforms, and which of ours they mean."""

from collections.abc import Sequence

from webapp.models import Venue
from webapp.services import news_matching

# What announcements call them, and what they are called.
PLATFORMS = {
    "teams": "Microsoft Teams",
    "zoom": "Zoom",
    "webex": "Webex",
    "google meet": "Google Meet",
}
# No name of a place: there is one, and the page does not say which.
NAMELESS = frozenset(
    """
    a be been confirmed confirmation details follow is link line location online on platform
    provided remote remotely sent tba tbc the to various venue venues via virtual virtually webinar
    will
    """.split()  # noqa: SIM905
)
# A paragraph is no name, and no index of a database takes one.
LONGEST = 200
# The same building but for a slip: East Offices are not West Offices.
A_SLIP = 95


def name_of(said: str, is_online: bool | None) -> str | None:
    """The name in what a page says of a place; None where it names none."""
    if len(said) > LONGEST or NAMELESS.issuperset(news_matching.folded(said).split()):
        return None
    return (_platform(said) if is_online else None) or said


def _platform(said: str) -> str | None:
    words = said.casefold()
    return next((name for word, name in PLATFORMS.items() if word in words), None)


def venue_of(name: str | None, venues: Sequence[Venue]) -> Venue | None:
    """The venue that goes by this name; one that has exactly it comes first."""
    if not name:
        return None
    exactly = [
        venue for venue in venues if news_matching.folded(venue.name) == news_matching.folded(name)
    ]
    return next((v for v in [*exactly, *venues] if is_called(name, v.name)), None)


def is_called(said: str, name: str) -> bool:
    """Whether a place goes by this name, or by one with a slip or with words more."""
    ours, theirs = (news_matching.folded(_platform(text) or text) for text in (said, name))
    if ours == theirs or _holds(ours, theirs) or _holds(theirs, ours):
        return True
    return news_matching.likeness(said, name) >= A_SLIP


def _holds(whole: str, part: str) -> bool:
    return len(part.split()) >= 2 and f" {part} " in f" {whole} "
