"""The visitors' door: the programme, a place on a date, calendars to keep."""

from webapp.web.public import courses, feeds, pages, programme
from webapp.web.public.blueprint import bp

__all__ = ["bp", "courses", "feeds", "pages", "programme"]
