"""The organisers' door: dates, attendee lists, the outbox."""

from webapp.web.organiser import (
    account,
    attendees,
    audit,
    bookings,
    calling_off,
    details,
    home,
    interests,
    moving,
    outbox,
    passwords,
    role,
    second_factor,
    settings,
    settle,
    sign_in,
    venues,
)
from webapp.web.organiser.blueprint import bp

__all__ = [
    "account",
    "attendees",
    "audit",
    "bookings",
    "bp",
    "calling_off",
    "details",
    "home",
    "interests",
    "moving",
    "outbox",
    "passwords",
    "role",
    "second_factor",
    "settings",
    "settle",
    "sign_in",
    "venues",
]
