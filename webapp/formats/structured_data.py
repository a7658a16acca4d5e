"""Courses and dates in schema.org's words, for search engines; never what booked people alone see.

https://schema.org/Course and https://schema.org/EducationEvent, as plain dictionaries for JSON-LD.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from webapp.clock import london
from webapp.models import Course, CourseDate, DateState, Partnership, Places, Venue

SCHEMA = "https://schema.org"
STATUS = {
    DateState.CANCELLED: "EventCancelled",
    DateState.POSTPONED: "EventPostponed",
    DateState.PUBLISHED: "EventScheduled",
}


def course(course: Course, url: str, ours: Partnership, dates: Mapping[str, CourseDate]) -> Any:
    """A course and its dates; `dates` are by their own addresses."""
    return {
        "@context": SCHEMA,
        "@type": "Course",
        "name": course.title,
        "description": course.summary,
        "url": url,
        "provider": _organisation(ours),
        "inLanguage": "en-GB",
        "teaches": course.outcomes,
        "about": course.topics,
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "url": date_url,
                "courseMode": "online" if date.is_online else "onsite",
                **_times(date),
                "location": _location(date, date_url),
            }
            for date_url, date in dates.items()
        ],
    }


def date(date: CourseDate, url: str, ours: Partnership, places: Places) -> Any:
    """One published, postponed or cancelled date. A held-back one has no day, and gives nothing.

    What is called off is told with the day it was to be on, as schema.org's EventPostponed asks.
    """
    if date.state not in STATUS or not date.days:
        return None
    speakers = dict.fromkeys(item.speaker for item in date.agenda if item.speaker)
    found = {
        "@context": SCHEMA,
        "@type": "EducationEvent",
        "name": date.course.title,
        "description": date.course.summary,
        "url": url,
        **_times(date),
        "eventStatus": f"{SCHEMA}/{STATUS[date.state]}",
        "eventAttendanceMode": f"{SCHEMA}/{_mode(date)}EventAttendanceMode",
        "location": _location(date, url),
        "organizer": _organisation(ours),
        "performer": [{"@type": "Person", "name": name} for name in speakers],
        "audience": {"@type": "Audience", "audienceType": date.course.audience},
        "inLanguage": "en-GB",
        "maximumAttendeeCapacity": places.capacity,
        "remainingAttendeeCapacity": None if date.is_off else places.left,
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _times(date: CourseDate) -> dict[str, str]:
    """From the first day's start to the last one's end."""
    return {"startDate": _iso(date.days[0].starts_at), "endDate": _iso(date.days[-1].ends_at)}


def _iso(moment: datetime) -> str:
    """London's time with its distance from UTC, so that nobody has to know about summer time."""
    return london(moment).isoformat(timespec="minutes")


def _mode(date: CourseDate) -> str:
    return "Online" if date.is_online else "Offline"


def _location(date: CourseDate, url: str) -> Any:
    """The venue; online it is the page that says how to book, since the link is not for all."""
    if date.is_online or date.venue is None:
        return {"@type": "VirtualLocation", "url": url} if date.is_online else None
    return _place(date.venue)


def _place(venue: Venue) -> Any:
    place: dict[str, Any] = {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(venue.address),
            "addressCountry": "GB",
        },
    }
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return place


def _organisation(ours: Partnership) -> Any:
    return {"@type": "Organization", "name": ours.name, "url": ours.website_url}
