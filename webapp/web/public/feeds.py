"""Calendar files and feeds, as programs fetch them: no session, no cookie, no redirect."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import calendar, calendar_bookings, calendar_entries, calendar_links
from webapp.formats.plain_text import slug as words_of
from webapp.models import Booking, CourseDate, Partnership
from webapp.services import calendars, diaries, editions, feeds, links, partnership, programme
from webapp.services.programme import Filters
from webapp.web.calendars import answered
from webapp.web.kept import for_everybody
from webapp.web.public import filters as filtering
from webapp.web.public.blueprint import bp
from webapp.web.words import ours


@bp.get("/dates/<int:date_id>.ics")
@for_everybody
def date_ics(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    edition = editions.of_programme(now=now)

    def write() -> tuple[bytes, str]:
        date = feeds.get_date(date_id)
        body = calendars.of_course([date], partnership.get(), now=now)
        return body, calendar.filename(date)

    return answered(("date", date_id), edition, write, now=now, attachment=True)


@bp.get("/courses/<slug>.ics")
@for_everybody
def course_ics(slug: str) -> ResponseReturnValue:
    now = clock.now()
    edition = editions.of_programme(now=now)

    def write() -> tuple[bytes, str]:
        dates = feeds.of_course(slug, now=now)
        name = words_of(dates[0].course.short_title) or "training"
        return calendars.of_course(dates, partnership.get(), now=now), f"{name}.ics"

    return answered(("course", slug), edition, write, now=now, attachment=True)


@bp.get("/bookings/<token>.ics")
def booking_ics(token: str) -> Response:
    now, booking = clock.now(), links.open_booking(token)
    edition, practitioner = editions.of_practitioner(booking.practitioner_id, now=now)

    def write() -> tuple[bytes, str]:
        date = feeds.of_booking(booking)
        body = calendar.own(booking, diaries.voice(partnership.get()))
        return body, calendar.filename(date, is_discreet=practitioner.is_discreet)

    what = ("booking", booking.id)
    return answered(what, edition, write, now=now, attachment=True, is_private=True)


@bp.get("/programme.ics")
@for_everybody
def programme_ics() -> ResponseReturnValue:
    now, filters = clock.now(), filtering.read(request.args)
    edition = editions.of_programme(now=now)
    if filters.with_places:
        # Every booking can change which dates have places left.
        edition = replace(edition, changed=now)

    def write() -> tuple[bytes, str]:
        ours = partnership.get()
        source = links.address("public.programme_ics", **filtering.as_arguments(filters))
        name = _name(ours, filters)
        body = calendars.programme(filters, ours, name=name, source=source, now=now)
        return body, "programme.ics"

    return answered(("programme", filters), edition, write, now=now)


@bp.get("/my/<token>/training.ics")
def my_feed(token: str) -> Response:
    now = clock.now()
    edition, _ = editions.of_practitioner(links.key(token), now=now)
    practitioner = links.open_feed(token)  # read already, with the edition

    def write() -> tuple[bytes, str]:
        ours = partnership.get()
        discreet = calendar_entries.DISCREET if practitioner.is_discreet else None
        name = discreet or f"My training: {ours.service_name}"
        return calendars.personal(practitioner, ours, name=name, now=now), "training.ics"

    return answered(("personal", practitioner.id), edition, write, now=now, is_private=True)


@bp.get("/help/calendar")
def calendar_help() -> ResponseReturnValue:
    return render_template("public/calendar_help.html")


@bp.app_template_global()
def calendar_links_of(what: CourseDate | Booking) -> Sequence[calendar_links.DayLinks]:
    """Links that add each day of a date, or of a booking, to a calendar on the web."""
    voice = diaries.voice(ours())
    if isinstance(what, CourseDate):
        return calendar_links.for_days(calendar_entries.public(day, voice) for day in what.days)
    return calendar_links.for_days(
        calendar_bookings.private(what, day, voice) for day in what.course_date.days
    )


@bp.app_template_global()
def feed_address(endpoint: str, **values: object) -> str:
    """The https address of a feed, to be copied into a calendar."""
    return links.address(endpoint, **values)


bp.add_app_template_global(calendar_links.webcal, "webcal")


def _name(ours_: Partnership, filters: Filters) -> str:
    """What the feed is called in a list of calendars: two feeds with other filters differ."""
    audiences = programme.audiences() if filters.audience else {}
    tags = ", ".join(filtering.in_words(filters, audiences).values())
    whole = ", ".join(part for part in (ours_.service_name, ours_.area) if part)
    return f"{whole}: {tags}" if tags else whole
