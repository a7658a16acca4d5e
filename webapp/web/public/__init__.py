"""The visitors' door: the programme, a place on a date, calendars to keep."""

from webapp.web.public import (
    book,
    bookings,
    certificates,
    courses,
    demonstration,
    evaluations,
    feeds,
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
    "book",
    "bookings",
    "bp",
    "certificates",
    "courses",
    "demonstration",
    "evaluations",
    "feeds",
    "interests",
    "my",
    "own_data",
    "pages",
    "programme",
    "replies",
    "staff_feeds",
]
