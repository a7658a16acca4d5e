"""The organisers' door: dates, attendee lists, the outbox."""

from webapp.web.organiser.blueprint import bp

__all__ = ["bp"]
