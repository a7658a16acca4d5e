"""What can go wrong in the domain, in sentences a visitor may read."""

from collections.abc import Sequence


class NotFound(LookupError):
    """There is no such row, or its link was altered. Answered with the 404 page."""


class Gone(Exception):
    """The link was right once and has been replaced or has run out. Answered with the 410 page."""


class Unreachable(Exception):
    """The outside world did not take it; nothing was delivered and a later try may succeed."""


class Postponed(Exception):
    """The outside world answered, and put this one thing off; a later try may succeed."""


class AnswerLost(Exception):
    """The outside world had everything and the line dropped before it said yes or no."""


class Rejected(Exception):
    """The outside world said no for good; trying again will not help."""


class Refused(Exception):
    """The request was understood and the answer is no; `str(error)` says why."""


class BookingClosed(Refused):
    """The date cannot be booked: closed, cancelled, past, held back or not yet open."""


class Full(Refused):
    """More would come than there are free places; an organiser may have a reason all the same."""


class NotAll(Refused):
    """Of several people some cannot, so it was done for none; `reasons` are (name, sentence)."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(f"{name}: {sentence}" for name, sentence in reasons))
        self.reasons = reasons


class OfferOver(Refused):
    """The offered place was let go: its deadline passed or it was answered already."""


class TooManyTries(Refused):
    """Somebody tried too often; answered with the 429 page."""
