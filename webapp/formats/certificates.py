"""Certificates as papers, their codes as people write them, and what they say in words."""

from collections.abc import Iterable
from datetime import datetime

from webapp.formats import qr_code, typst_papers, words
from webapp.models import Certificate, CourseDate, Partnership, Practitioner

# Without those that look like one another on paper: 0 and O; 1, I and L.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


def shown(code: str) -> str:
    """ "ABCDE-FGHJK", as it is printed."""
    return f"{code[:5]}-{code[5:]}"


def typed(text: str) -> str | None:
    """The code that somebody typed, in any case, with or without its hyphen; None if it is none."""
    code = "".join(letter for letter in text if letter.isalnum()).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else None


def dates(certificate: Certificate) -> str:
    """ "Thursday 29 May 2025", or from the first day to the last."""
    first, last = words.day(certificate.starts_on), words.day(certificate.ends_on)
    return first if first == last else f"{first} to {last}"


def length(minutes: int) -> str:
    """ "3 hours", "45 minutes", "3 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [words.counted(hours, "hour")] if hours else []
    return " ".join([*parts, *([words.counted(rest, "minute")] if rest or not hours else [])])


def to_pdf(certificate: Certificate, *, partnership: Partnership, address: str) -> bytes:
    """`address` is that of the page which confirms this certificate."""
    facts = {
        **_ours(partnership),
        "contact": f"{partnership.contact_email}, {partnership.contact_phone}",
        "title": certificate.title,
        "name": certificate.name,
        "dates": dates(certificate),
        "length": length(certificate.minutes),
        "given": words.day(certificate.given_at),
        "code": shown(certificate.code),
        "address": address,
        "picture": _picture(address),
    }
    return typst_papers.pdf("certificate", facts, made_at=certificate.given_at)


def record_to_pdf(
    practitioner: Practitioner,
    certificates: Iterable[Certificate],
    *,
    partnership: Partnership,
    address: str,
    made_at: datetime,
) -> bytes:
    """All of one person's, the latest first, under the name on the latest."""
    latest_first = sorted(certificates, key=lambda one: (one.starts_on, one.id), reverse=True)
    minutes = sum(one.minutes for one in latest_first)
    number = words.counted(len(latest_first), "certificate")
    facts = {
        **_ours(partnership),
        "name": latest_first[0].name,
        "email": practitioner.email,
        "summary": f"{number}, {length(minutes)} of training.",
        "rows": [
            {
                "title": one.title,
                "dates": _short_dates(one),
                "length": length(one.minutes),
                "code": shown(one.code),
            }
            for one in latest_first
        ],
        "address": address,
        "made": words.day(made_at),
    }
    return typst_papers.pdf("training_record", facts, made_at=made_at)


def file_name(certificate: Certificate, date: CourseDate) -> str:
    """Such as "certificate-harmful-sexual-behaviour-29-may-2025.pdf"."""
    day = f"{certificate.starts_on:%-d-%b-%Y}".lower()
    return f"certificate-{date.course.slug}-{day}.pdf"


def _ours(partnership: Partnership) -> dict[str, object]:
    return {
        "partnership": partnership.name,
        "accent": typst_papers.accent(partnership.accent_colour),
    }


def _short_dates(certificate: Certificate) -> str:
    first, last = certificate.starts_on, certificate.ends_on
    ends = f"{last.day} {last:%b %Y}"
    return ends if first == last else f"{first.day} {first:%b %Y} to {ends}"


def _picture(address: str) -> str:
    """The address as a QR code, in SVG."""
    drawing = qr_code.draw(address)
    size = f"0 0 {drawing.size} {drawing.size}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}"><path d="{drawing.path}"/></svg>'
    )
