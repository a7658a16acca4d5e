"""Words to the bytes of a mail: plain text, HTML from the same words, and an invitation if any.

What calendar programs need of the message around an invitation: RFC 6047, and what Gmail and
Outlook were seen to do. The calendar part is the last alternative and carries no disposition; the
attachment beside it is the same bytes, for programs that show no alternative.
"""

import re
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime

from markupsafe import Markup

from webapp.formats import mime
from webapp.formats.calendar import Invitation
from webapp.formats.plain_text import lines, one_line

# Addresses to the first space or bracket; what ends a sentence is not part of them.
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,:;!?)'\]]|[^\s<>@:;,()\"]+@[\w-]+(?:\.[\w-]+)+")
BULLET = re.compile(r"[-*•] +")
# A display name may hold these only in quotes, and not every mailer keeps the quotes.
AWKWARD = re.compile(r"[\"(),.:;<>@\[\]\\]")
# Far more than anybody reads, far less than a line of SMTP holds.
NAME_ENDS, SUBJECT_ENDS = 80, 200
PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{}</title></head>\n'
    '<body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5">\n'
    "{}\n</body>\n</html>\n"
)


def build(
    *,
    sender: tuple[str, str],
    to: str,
    to_name: str | None,
    subject: str,
    text: str,
    message_id: str,
    date: datetime,
    invitation: Invitation | None = None,
) -> bytes:
    """The whole message as SMTP carries it. `sender` is (name, address), and is answered to.

    `date` is the real moment, whatever the house clock shows.
    """
    we, words = _mailbox(*sender), lines(text).strip() + "\n"
    headers = {
        "From": we,
        "Reply-To": we,
        "To": _mailbox(to_name, to),
        "Subject": _header(subject)[:SUBJECT_ENDS],
        "Message-ID": one_line(message_id),
        "Date": format_datetime(date),
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    alternatives = [mime.text("plain", words), mime.text("html", html(words, subject))]
    if invitation is None:
        return mime.message(headers, mime.multipart("alternative", *alternatives))
    alternatives.append(_entry(invitation))
    alternative = mime.multipart("alternative", *alternatives)
    return mime.message(headers, mime.multipart("mixed", alternative, _attached(invitation)))


def html(text: str, title: str) -> str:
    """The same words as a page: paragraphs, lists, and addresses that can be followed."""
    return str(PAGE.format(one_line(title), blocks(text)))


def blocks(text: str) -> Markup:
    """What that page has in it."""
    parts = re.split(r"\n\s*\n", lines(text).strip())
    return Markup("\n").join(_block(part) for part in parts)


def _mailbox(name: str | None, address: str) -> str | Address:
    name = _header(AWKWARD.sub("", name or ""))[:NAME_ENDS].strip()
    return mime.mailbox(name, one_line(address))


def _header(words: str) -> str:
    """On one line, and with no encoded word in it, which could hold a line break: RFC 2047."""
    return one_line(words).replace("=?", "= ?")


def _entry(invitation: Invitation) -> bytes:
    kind = f'text/calendar; charset="utf-8"; method="{invitation.method}"; component="VEVENT"'
    return mime.file(kind, invitation.ics)


def _attached(invitation: Invitation) -> bytes:
    disposition = f'Content-Disposition: attachment; filename="{invitation.filename}"'
    return mime.file("application/ics", invitation.ics, disposition)


def _block(block: str) -> Markup:
    """A paragraph; where lines of it begin with a dash, those are a list."""
    parts: list[Markup] = []
    paragraph: list[str] = []
    items: list[str] = []
    for line in [*block.split("\n"), ""]:
        bullet = BULLET.match(line)
        if items and not bullet:
            parts.append(_list(items))
            items = []
        if bullet or not line:
            parts.extend([_paragraph(paragraph)] if paragraph else [])
            paragraph = []
        if bullet:
            items.append(line[bullet.end() :])
        elif line:
            paragraph.append(line)
    return Markup("\n").join(parts)


def _paragraph(block: list[str]) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(_linked(line) for line in block))


def _list(items: list[str]) -> Markup:
    inside = Markup("\n").join(Markup("<li>{}</li>").format(_linked(item)) for item in items)
    return Markup("<ul>\n{}\n</ul>").format(inside)


def _linked(line: str) -> Markup:
    """The line, escaped, with every web and mail address in it a link to itself."""
    done, end = Markup(""), 0
    for found in LINK.finditer(line):
        target = found[0] if found[0].startswith("http") else f"mailto:{found[0]}"
        link = Markup('<a href="{}">{}</a>').format(target, found[0])
        done, end = done + line[end : found.start()] + link, found.end()
    return done + line[end:]
