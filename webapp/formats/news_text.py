"""The characters of a page, whatever it came as: some encoding, odd spaces, odd line ends."""

import codecs
import re

from webapp.errors import Refused

MOST = 1_000_000
TOO_LONG = "This page is longer than 1,000,000 characters. Take the part with the news."
NO_TEXT = "This file holds no text to read. Copy the words out of it and paste them instead."
# How files begin that hold text only for the program that wrote them.
OTHER_FILES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word document or an archive",
    b"\xd0\xcf\x11\xe0": "a Word document or a saved mail",
    b"{\\rtf": "a rich text document",
}
OTHER_FILE = "This file is {}, not text. Open it, copy its words and paste them instead."
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHARSET = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([\w-]{2,20})", re.IGNORECASE)
# The others that Python knows are either not for pages or slow to take apart.
PAGE_CHARSETS = re.compile("utf-8|utf-16(-[lb]e)?|iso8859-[0-9]{1,2}|cp125[0-9]|mac-roman|ascii")

BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
SPACES = "\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
# Soft hyphens, joiners, marks of direction, halves of characters: nothing anybody reads.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\uffff\ud800-\udfff]"
)
TO_SPACE = str.maketrans(dict.fromkeys(SPACES, " "))


def characters(page: bytes | str) -> str:
    """The page as text, tidied. Refused where it is too long or no text."""
    if len(page) > MOST:
        raise Refused(TOO_LONG)
    return tidied(page if isinstance(page, str) else _decoded(page))


def tidied(text: str) -> str:
    """Plain spaces and line feeds, and no characters that cannot be seen; tabs may stay."""
    return UNSEEN.sub("", BREAKS.sub("\n", text)).translate(TO_SPACE)


def _decoded(page: bytes) -> str:
    for beginning, what in OTHER_FILES.items():
        if page.startswith(beginning):
            raise Refused(OTHER_FILE.format(what))
    for mark, encoding in MARKS:
        if page.startswith(mark):
            return page[len(mark) :].decode(encoding, "replace")
    if b"\0" in page:
        raise Refused(NO_TEXT)
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode(_declared(page), "replace")


def _declared(page: bytes) -> str:
    """The encoding the page names, or the one that old programs on Windows write."""
    named = CHARSET.search(page, 0, 4096)
    if named:
        try:
            encoding = codecs.lookup(named[1].decode("ascii", "replace")).name
        except LookupError:
            return "cp1252"
        if PAGE_CHARSETS.fullmatch(encoding) and encoding not in {"utf-8", "ascii", "iso8859-1"}:
            return encoding
    return "cp1252"
