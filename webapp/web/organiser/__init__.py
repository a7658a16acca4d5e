"""The organisers' door: dates, attendee lists, the outbox."""

from webapp.web.organiser import account, audit, passwords, role, second_factor, sign_in
from webapp.web.organiser.blueprint import bp

__all__ = ["account", "audit", "bp", "passwords", "role", "second_factor", "sign_in"]
