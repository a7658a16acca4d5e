"""Addresses that leave the house: absolute ones for mails and calendars, and private ones.

A private link is an HMAC of its purpose, a row's id and a generation kept on the row. Nothing in
the database opens one, any mail can carry it again, and raising the generation ends those sent.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from flask import current_app

from webapp.db import Base, db
from webapp.errors import Gone, NotFound
from webapp.models import AddressChange, Booking, Interest, Organiser, Practitioner, RoleName

MY_LINK_LASTS = timedelta(days=7)
ADDRESS_LINK_LASTS = timedelta(days=7)
# To choose a password: for somebody invited, and for somebody who has forgotten theirs.
INVITATION_LASTS = timedelta(days=7)
PASSWORD_LINK_LASTS = timedelta(hours=1)
NO_LINK = "There is no such link."
GONE = "This link has been replaced by a newer one."
EXPIRED = "This link has expired."
CLOSED = "This calendar is no longer open to you."
# What those who sign in may follow, and in which roles.
MY_DATES, ALL_DATES = "trainer-feed", "organiser-feed"
ORGANISING = frozenset({RoleName.ADMINISTRATOR, RoleName.ORGANISER})
STAFF_FEEDS = {MY_DATES: ORGANISING | {RoleName.TRAINER}, ALL_DATES: ORGANISING}

Row = TypeVar("Row", bound=Base)


class _Identified(Protocol):
    id: int


class _Ending(_Identified, Protocol):
    link_generation: int


def address(endpoint: str, **values: object) -> str:
    """The absolute address of a page, built on WEBAPP_BASE_URL whoever asks."""
    scheme, _, rest = current_app.config["BASE_URL"].partition("://")
    host, _, path = rest.partition("/")
    house = current_app.url_map.bind(host, script_name=f"/{path}", url_scheme=scheme)
    return house.build(endpoint, values, force_external=True)


def booking_token(booking: Booking) -> str:
    return _token("booking", booking, booking.link_generation)


def open_booking(token: str) -> Booking:
    """The booking this link is for. Raises NotFound or Gone."""
    booking = _row(Booking, token)
    _check("booking", booking, booking.link_generation, token)
    return booking


def evaluation_token(booking: Booking) -> str:
    return _token("evaluation", booking, booking.link_generation)


def open_evaluation(token: str) -> Booking:
    """The booking whose person says by this link what it was like. Raises NotFound or Gone."""
    booking = _row(Booking, token)
    _check("evaluation", booking, booking.link_generation, token)
    return booking


def manager_token(booking: Booking) -> str:
    """For the line manager the booking names: another who is named has another link."""
    return _token(_manager(booking), booking, booking.link_generation)


def open_manager(token: str) -> Booking:
    """The booking of whose place this manager was told. Raises NotFound or Gone."""
    booking = _row(Booking, token)
    _check(_manager(booking), booking, booking.link_generation, token)
    return booking


def my_token(practitioner: Practitioner, now: datetime) -> str:
    """A link to everything one person has booked, which runs out after seven days."""
    return _ending_token("my", practitioner, now + MY_LINK_LASTS)


def open_my(token: str, now: datetime) -> Practitioner:
    """The person this link is for. Raises NotFound, or Gone when it is replaced or has run out."""
    practitioner = _row(Practitioner, token)
    _check_ending("my", practitioner, token, now)
    return practitioner


def team_token(booker: Practitioner) -> str:
    """A link to what somebody booked for colleagues. It opens nothing of their own, and keeps."""
    return _token("team", booker, booker.link_generation)


def open_team(token: str) -> Practitioner:
    """The booker this link is for. Raises NotFound or Gone."""
    booker = _row(Practitioner, token)
    _check("team", booker, booker.link_generation, token)
    return booker


def address_token(change: AddressChange, side: str) -> str:
    """The link by which one of the two mailboxes says that the address is to change. It is the
    person's, and of this new address: that of another wish confirms nothing."""
    ends_at = change.asked_at + ADDRESS_LINK_LASTS
    return _ending_token(_address(change, side), change.practitioner, ends_at)


def open_address(token: str, side: str, now: datetime) -> AddressChange:
    """The change this link confirms. Raises NotFound, also once it is done, or Gone."""
    practitioner = _row(Practitioner, token)
    change = practitioner.address_change
    if change is None:
        raise NotFound(NO_LINK)
    _check_ending(_address(change, side), practitioner, token, now)
    return change


def password_token(organiser: Organiser, now: datetime) -> str:
    """A link to choose a password, once; invitations keep longer than resets."""
    lasts = PASSWORD_LINK_LASTS if organiser.password else INVITATION_LASTS
    return _ending_token("password", organiser, now + lasts)


def open_password(token: str, now: datetime) -> Organiser:
    """Who may choose a password by this link. Raises NotFound, or Gone when used or run out."""
    organiser = _row(Organiser, token)
    _check_ending("password", organiser, token, now)
    return organiser


def feed_token(practitioner: Practitioner) -> str:
    return _token("feed", practitioner, practitioner.feed_generation)


def open_feed(token: str) -> Practitioner:
    """The person whose calendar feed this is. Raises NotFound or Gone."""
    practitioner = _row(Practitioner, token)
    _check("feed", practitioner, practitioner.feed_generation, token)
    return practitioner


def staff_feed_token(feed: str, organiser: Organiser) -> str:
    return _token(feed, organiser, organiser.feed_generation)


def staff_feeds(organiser: Organiser) -> list[str]:
    """Which feeds this account may follow: none once it is closed or has lost the role.

    The demonstration's account opens the demonstration only.
    """
    in_demonstration = current_app.config["TODAY"] is not None
    if not organiser.active or (organiser.is_demonstration and not in_demonstration):
        return []
    return [feed for feed, roles in STAFF_FEEDS.items() if roles & set(organiser.role_names)]


def open_staff_feed(feed: str, token: str) -> Organiser:
    """Whose feed this is. Raises NotFound, or Gone also when they may not have it any more."""
    organiser = _row(Organiser, token)
    _check(feed, organiser, organiser.feed_generation, token)
    if feed not in staff_feeds(organiser):
        raise Gone(CLOSED)
    return organiser


def interest_token(interest: Interest) -> str:
    return _token("interest", interest, interest.link_generation)


def open_interest(token: str) -> Interest:
    """The interest this link withdraws. Raises NotFound or Gone."""
    interest = _row(Interest, token)
    _check("interest", interest, interest.link_generation, token)
    return interest


def _manager(booking: Booking) -> str:
    return f"manager-{booking.manager_email}"


def _address(change: AddressChange, side: str) -> str:
    return f"address-{side}-{change.new_email}"


def _token(purpose: str, row: _Identified, generation: int) -> str:
    return f"{row.id}-{_mac(purpose, row.id, generation)}"


def _ending_token(purpose: str, row: _Ending, ends_at: datetime) -> str:
    ends = str(int(ends_at.timestamp()))
    return f"{row.id}-{ends}-{_mac(purpose, row.id, row.link_generation, ends)}"


def _mac(purpose: str, key: int, generation: int, *more: str) -> str:
    """32 bytes of HMAC-SHA256 as 43 letters fit for a URL."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    words = ":".join(["private-link", purpose, str(key), str(generation), *more])
    return urlsafe_b64encode(hmac.digest(secret, words.encode(), "sha256")).decode().rstrip("=")


def key(token: str) -> int:
    """The id of the row a link is for, if it is one. Raises NotFound when it cannot be."""
    digits, _, _ = token.partition("-")
    if not token.isascii() or not _is_key(digits):
        raise NotFound(NO_LINK)
    return int(digits)


def _row(table: type[Row], token: str) -> Row:
    row = db.session.get(table, key(token))
    if row is None:
        raise NotFound(NO_LINK)
    return row


def _is_key(text: str) -> bool:
    """Digits that a database's integer can hold."""
    return text.isdecimal() and len(text) <= 9


def _check(purpose: str, row: _Identified, generation: int, token: str, *more: str) -> None:
    stem = "-".join([str(row.id), *more])
    for older in range(generation, -1, -1):
        right = f"{stem}-{_mac(purpose, row.id, older, *more)}"
        if hmac.compare_digest(token.encode(), right.encode()):
            if older == generation:
                return
            raise Gone(GONE)
    raise NotFound(NO_LINK)


def _check_ending(purpose: str, row: _Ending, token: str, now: datetime) -> None:
    _, _, rest = token.partition("-")
    ends, _, _ = rest.partition("-")
    _check(purpose, row, row.link_generation, token, ends)
    if int(ends) <= now.timestamp():
        raise Gone(EXPIRED)
