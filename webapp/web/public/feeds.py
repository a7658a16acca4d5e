"""Calendar files and feeds, as programs fetch them: no session, no cookie, no redirect."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats import calendar, calendar_entries, calendar_links
from webapp.formats.plain_text import slug as words_of
from webapp.models import Booking, CourseDate, Partnership
from webapp.services import diaries, feeds, links, programme
from webapp.services.programme import Filters
from webapp.web.public import filters as filtering
from webapp.web.public.blueprint import bp
from webapp.web.words import ours


@bp.get("/dates/<int:date_id>.ics")
def date_ics(date_id: int) -> Response:
    date = feeds.get_date(date_id)
    return _download(calendar.download([date], diaries.voice()), calendar.filename(date))


@bp.get("/courses/<slug>.ics")
def course_ics(slug: str) -> Response:
    dates = feeds.of_course(slug, now=clock.now())
    name = words_of(dates[0].course.short_title) or "training"
    return _download(calendar.download(dates, diaries.voice()), f"{name}.ics")


@bp.get("/bookings/<token>.ics")
def booking_ics(token: str) -> Response:
    booking = links.open_booking(token)
    date = feeds.of_booking(booking)
    name = calendar.filename(date, is_discreet=booking.practitioner.is_discreet)
    return _private(_download(calendar.own(booking, diaries.voice()), name))


@bp.get("/programme.ics")
def programme_ics() -> Response:
    now, filters, voice = clock.now(), filtering.read(request.args), diaries.voice()
    source = links.address("public.programme_ics", **filtering.as_arguments(filters))
    body = calendar.programme(
        programme.feed(now, filters),
        voice,
        name=_name(voice.partnership, filters),
        source=source,
    )
    # Every booking can change which dates have places left.
    changed = now if filters.with_places else feeds.last_change(now)
    return _answer(body, "inline", "programme.ics", changed)


@bp.get("/my/<token>/training.ics")
def my_feed(token: str) -> Response:
    now, practitioner, voice = clock.now(), links.open_feed(token), diaries.voice()
    bookings = feeds.of_practitioner(practitioner, now=now)
    name = f"My training: {voice.partnership.service_name}"
    if practitioner.is_discreet:
        name = calendar_entries.DISCREET
    body = calendar.personal(bookings, voice, name=name)
    changed = feeds.last_change(now, practitioner)
    return _private(_answer(body, "inline", "training.ics", changed))


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
        calendar_entries.private(what, day, voice) for day in what.course_date.days
    )


@bp.app_template_global()
def feed_address(endpoint: str, **values: object) -> str:
    """The https address of a feed, to be copied into a calendar."""
    return links.address(endpoint, **values)


bp.add_app_template_global(calendar_links.webcal, "webcal")


def _name(partnership: Partnership, filters: Filters) -> str:
    """What the feed is called in a list of calendars: two feeds with other filters differ."""
    audiences = {sector.slug: sector.name for sector in programme.audiences()}
    tags = ", ".join(filtering.in_words(filters, audiences).values())
    whole = ", ".join(part for part in (partnership.service_name, partnership.area) if part)
    return f"{whole}: {tags}" if tags else whole


def _download(body: bytes, filename: str) -> Response:
    return _answer(body, "attachment", filename, feeds.last_change(clock.now()))


def _answer(body: bytes, disposition: str, filename: str, changed: datetime) -> Response:
    """Answered with 304 when the reader has these bytes; RFC 9110 13.1 says who decides that."""
    answer = Response(body, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'{disposition}; filename="{filename}"'
    answer.set_etag(sha256(body).hexdigest()[:32])
    answer.last_modified = changed
    answer.cache_control.public = True
    answer.cache_control.max_age = 0
    answer.cache_control.must_revalidate = True
    answer.make_conditional(request)
    return answer


def _private(answer: Response) -> Response:
    answer.cache_control.public = False
    answer.cache_control.private = True
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
