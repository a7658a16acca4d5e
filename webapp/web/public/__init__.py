"""The visitors' door: the programme, a place on a date, calendars to keep."""

from webapp.web.public import (
    address_changes,
    book,
    bookings,
    cannot_come,
    certificates,
    courses,
    demonstration,
    evaluations,
    feeds,
    handouts,
    interests,
    my,
    own_data,
    pages,
    programme,
    replies,
    staff_feeds,
)
from webapp.web.public.blueprint import bp

__all__ = [
    "address_changes",
    "book",
    "bookings",
    "bp",
    "cannot_come",
    "certificates",
    "courses",
    "demonstration",
    "evaluations",
    "feeds",
    "handouts",
    "interests",
    "my",
    "own_data",
    "pages",
    "programme",
    "replies",
    "staff_feeds",
]
