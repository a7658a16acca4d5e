"""Subject, first and last words of a mail: the partnership's or ours, checked, and filled in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.formats import mail_gaps, placeholders, words
from webapp.formats.mails import MAILS
from webapp.formats.plain_text import one_line
from webapp.models import BookingState, CourseDate

# What a template is told: its rows and plain values, by name.
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """As the person reads it."""

    subject: str = ""
    first: str = ""
    last: str = ""


def said(kind: str, chosen: Mapping[str, str], facts: Facts) -> Said:
    """The words of this mail to this person; none where they are the template's own."""
    if kind not in MAILS:
        return Said()
    open_words = of(kind, chosen).items()
    return Said(**{part: _filled(kind, text, facts) for part, text in open_words})


def of(kind: str, chosen: Mapping[str, str]) -> dict[str, str]:
    """Each part with its gaps open: what was chosen of it, else ours."""
    return {part: chosen.get(part) or getattr(MAILS[kind], part) for part in mail_gaps.PARTS}


def own(kind: str, typed: Mapping[str, str | None]) -> dict[str, str]:
    """Of what was typed, what is not ours anyway; an emptied part goes back to ours."""
    mail = MAILS[kind]
    return {part: text for part, text in typed.items() if text and text != getattr(mail, part)}


def gaps(kind: str) -> list[str]:
    """Which gaps are filled in this mail, those of our own words first."""
    mail = MAILS[kind]
    ours = placeholders.named("\n".join([mail.first, mail.subject, mail.last]))
    return list(dict.fromkeys([*ours, *mail.may_say]))


def examples(kind: str, facts: Facts) -> dict[str, str]:
    """What each gap is filled with for this person."""
    return {gap: FILLS[gap](facts) for gap in gaps(kind)}


def must_say(kind: str, part: str) -> list[str]:
    """The gaps without which somebody would not know what the mail is about."""
    return [
        gap
        for gap in placeholders.named(_needs(getattr(MAILS[kind], part)))
        if gap in mail_gaps.VITAL
    ]


def needs(kind: str, part: str) -> str:
    """The same for whoever writes them; "" when there are none."""
    return _listed(kind, must_say(kind, part))


def why_not(kind: str, part: str, text: str) -> str | None:
    """One sentence saying why this part of a mail cannot be so; None when it can."""
    where = mail_gaps.PARTS[part].lower()
    if unknown := placeholders.unknown(text, gaps(kind)):
        known = placeholders.braced(gaps(kind))
        return f"Nothing fills {words.listed(unknown)} in the {where}. You can use {known}"
    missing = [gap for gap in must_say(kind, part) if not placeholders.has(_needs(text), gap)]
    return f"Add {_listed(kind, missing)} to the {where}" if missing else None


def _listed(kind: str, named: Sequence[str]) -> str:
    """ "{course} (or {headline}) and {deadline}": either of the first two will do."""
    other = f" (or {{{mail_gaps.HEADLINE}}})" if mail_gaps.HEADLINE in gaps(kind) else ""
    return words.listed(
        [f"{{{gap}}}{other if gap == placeholders.COURSE else ''}" for gap in named]
    )


def _needs(text: str) -> str:
    """A headline names the course, too."""
    return placeholders.filled(text, {mail_gaps.HEADLINE: f"{{{placeholders.COURSE}}}"})


def _filled(kind: str, text: str, facts: Facts) -> str:
    known = gaps(kind)
    values = {gap: FILLS[gap](facts) for gap in placeholders.named(text) if gap in known}
    return placeholders.filled(text, values)


def _headline(facts: Facts) -> str:
    """ "Harmful Sexual Behaviour, Thu 29 May, 10am"; of several dates the title alone."""
    title = one_line(facts["course"].short_title)
    if "certificate" in facts:
        return f"{title}, {words.short_day(facts['certificate'].starts_on)}"
    dates = [facts["date"]] if "date" in facts else facts.get("dates", [])
    begins = _begins(dates[0], facts["now"]) if len(dates) == 1 else None
    if begins is None:
        return title
    return f"{title}, {words.short_day(begins)}, {words.clock_time(begins)}"


def _begins(date: CourseDate, now: datetime) -> datetime | None:
    """Of a date that is off: the first day that is not to be."""
    if date.starts_at is not None and not date.is_off:
        return date.starts_at
    days = [day for day in date.days if date.is_off and day.ends_at > now] or date.days
    return days[0].starts_at if days else None


def _your_place(facts: Facts) -> str:
    waited = " the waiting list for" if facts["was"] == "waiting" else ""
    return f"your place on{waited} {_course(facts)}"


def _cancelled(facts: Facts) -> str:
    was_held = [day for day in facts["date"].days if day.ends_at <= facts["now"]]
    is_rest = 0 < len(was_held) < len(facts["date"].days)
    return f"The rest of {_course(facts)}" if is_rest else _course(facts)


def _colleague(facts: Facts) -> str:
    booking = facts["booking"]
    other = booking.replaced_by or booking.replaces
    return one_line(facts.get("colleague") or other.name)


def _what_happened(facts: Facts) -> str:
    return "gave it up shortly before" if facts["booking"].gave_up_late else "did not come"


def _new_dates(facts: Facts) -> str:
    number = len(facts["dates"])
    return "New date" if number == 1 else f"{number} new dates"


def _standing(facts: Facts) -> str:
    """ "You have 3 places and are on 1 waiting list"; what is kept for them is none yet."""
    states = [session.booking.state for session in facts["sessions"]]
    confirmed = states.count(BookingState.CONFIRMED)
    kept = states.count(BookingState.OFFERED)
    waiting = len(states) - confirmed - kept
    parts = [f"have {words.counted(confirmed, 'place')}"] if confirmed else []
    if kept:
        parts.append(f"can take {words.counted(kept, 'place')}")
    if waiting:
        parts.append(f"are on {words.counted(waiting, 'waiting list')}")
    return f"You {words.listed(parts)}"


def _places(facts: Facts) -> str:
    return words.counted(len(facts["places"]), "place")


def _course(facts: Facts) -> str:
    return one_line(facts["course"].title)


def _of_date(gap: str) -> Callable[[Facts], str]:
    return lambda facts: placeholders.of_date(facts["date"])[gap]


FILLS: dict[str, Callable[[Facts], str]] = {
    placeholders.NAME: lambda facts: one_line(facts["booking"].name),
    placeholders.COURSE: _course,
    mail_gaps.HEADLINE: _headline,
    **{gap: _of_date(gap) for gap in (placeholders.DAY, placeholders.TIME, placeholders.PLACE)},
    mail_gaps.POSITION: lambda facts: words.ordinal(facts["position"]),
    mail_gaps.DEADLINE: lambda facts: words.moment(facts["booking"].offered_until),
    mail_gaps.COLLEAGUE: _colleague,
    mail_gaps.YOUR_PLACE: _your_place,
    mail_gaps.CANCELLED: _cancelled,
    mail_gaps.MISSED: _what_happened,
    mail_gaps.HOW: lambda facts: "How to join" if facts["date"].is_online else "How to get there",
    mail_gaps.NEW_DATES: _new_dates,
    mail_gaps.STANDING: _standing,
    mail_gaps.PLACES: _places,
}
