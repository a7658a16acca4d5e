"""What a session is called: on its own line, on a line above, or inside a sentence."""

import re
from collections.abc import Sequence

from webapp.formats.announcements import Sure, Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_headings import (
    BIDS,
    ENDS_LIKE_PROSE,
    FINITE,
    MOST_CHARACTERS,
    is_heading,
    is_part,
    names_nothing,
)
from webapp.formats.news_rows import JOINTS, LETTERS, TIME_LABEL, Row
from webapp.formats.news_source import Line
from webapp.formats.news_standing import sentence_span

# What kinds of training are called, wherever they are spoken of.
TRAINING = (
    r"(?:courses?|trainings?|workshops?|briefings?|webinars?|seminars?|master ?class(?:es)?|conferences?|summits?"
    r"|lunch (?:and|&|n|‘n’) learns?|inductions?|e-?learning|symposium|forums?|network(?:ing)? (?:meetings?|events?)|refreshers?"
    r"|learning (?:events?|sessions?|hours?)|drop[- ]?ins?|launch(?: events?)?|roadshows?|talks?|sessions?|twilights?|away ?days?|bitesize"
    r"|surger(?:y|ies)|study days?|info(?:rmation)? sessions?|showcases?|programmes?|modules?|clinics?|meetings?|events?|days?)"
)
NAMED_KIND = re.compile(rf"\b{TRAINING}\b", re.IGNORECASE)
SEPARATOR = re.compile(r"\s[-–—|:•·]\s|\s?[|;]\s?|:\s|\s[–—]\s?|[–—]\s|,\s|\s{3,}|\t|[()\[\]]")
# Words beside a day that name a part of the training, not the training.
LABEL = re.compile(
    r"^\W*(?:dates?|times?|when|where|venue|location|places?|cost|fee|the (?:dates?|next|first|second|last)|next|first|second|third"
    r"|final|also|either|or|and|then|plus|repeated|both|extra|additional|further|new)?\W*"
    r"(?:(?:day|session|part|module|date|group|cohort|course|workshop|week|block|set|event|option|dates?|cycle|run|wave|term)\s*(?:no\.?\s*)?"
    r"(?:\d{1,3}|[a-f]|one|two|three|four|five|first|second)?)?\W*(?:\(?half day\)?|\(?full day\)?)?\W*$",
    re.IGNORECASE,
)
# What a list says of a session beside its title.
REMARK = re.compile(
    r"^\W*(?:book(?:ed|ing|able)?\b.*|register\b.*|sign up.*|click.*|join\b.*|fully booked|full\b.*|sold out|waiting list.*|wait ?list.*|places? (?:available|left).*|\d+ (?:places?|spaces?).*"
    r"|free|cancelled.*|postponed.*|login.*|log in.*|link.*|details.*|more .*|view .*|watch .*|recording.*|new date.*|extra date.*|all day|half day|full day|\d+ days?|\d+(?:\.\d+)? ?h(?:ou)?rs?"
    r"|online|virtual(?:ly)?(?: via)?|via .*|on (?:teams|zoom)|face[- ]to[- ]face|in person|tbc|tba|(?:venue|place|location|date|time)s? (?:to be|tbc|tba).*|am|pm|evening|afternoon|morning|repeat(?:ed)?.*|same .*|lunch .*|£.*|\(?you .*|both .*|each .*|closed|new|now .*|was .*|from .*|with .*)$",
    re.IGNORECASE,
)
CODE = re.compile(r"\b(?=[A-Z/\d-]*\d)(?=[A-Z\d/-]*[A-Z])[A-Z\d]{2,}(?:[/-][A-Z\d]+)*\b")
LEAD = re.compile(
    r"\s(?:is|are|will|takes?|has|have|runs?|covers?|explores?|gives?|offers?|provides?|aims?|looks?|starts?|begins?)\b|[.:;]\s|\s[–—-]\s|\s\("
)
ARTICLES = r"(?:(?:the|a|an|our|this|your|two|three|four|some|new|free)\s+){0,4}"
BOOKED = re.compile(
    r"\b(?:places? (?:on|at)|book(?:ing)? (?:on ?to|onto|for)|register for|sign up (?:for|to)|enrol on)\s+"
    + ARTICLES
    + r"(?P<what>[A-Z‘“\"'](?:[^.,;\n?!]|[?!](?=\s[A-Z])){7,110})"
)
OFFERED = re.compile(
    r"\b(?:attend|join us for|invites? you to|invited to|hosting|host|holding|hold|running|run|presents?|announce|offering|offer)\s+"
    + ARTICLES
    + r"(?P<what>[^.,;:]{8,110})",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[‘“\"'](?P<what>[A-Z][^‘’“”\"]{6,100})[’”\"']")
PHRASE = re.compile(
    rf"(?:^|\b(?:the|an?|our|this|one|another|new|next)\s+|[,.;:]\s+)(?P<what>(?:[\w‘’'“”&/-]+ ){{0,7}}?{TRAINING}\b(?: (?:of|on|about|for) (?:[\w‘’'&-]+ ?){{1,4}})?)",
    re.IGNORECASE,
)
OF_MANY = re.compile(
    r"\b(?:courses|trainings|workshops|briefings|webinars|seminars|conferences|events|sessions|calendar|programmes?|dates|timetable"
    r"|schedule|opportunities|diary|list|newsletter|bulletin|update|circular|news)\b|\btraining\W*(?:20\d\d.*)?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^\W*(?:day|module|part|session|workshop|week|stage)\s*(?:\d|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
STATUS = re.compile(
    r"^\W*(?:cancelled|canceled|postponed|rescheduled|moved|change of (?:date|time|venue)[\w ]*|full|fully booked|extra dates?|new dates?|new)\W*$",
    re.IGNORECASE,
)
# Words, then a dash or a colon, then the day or time: an entry, however much follows.
ENTRY = re.compile(r"\w[\w’'?!”)] ?[-–—:|]\s*$")
SHORTEST_QUOTED = 20
SENTENCE_WORDS, LONGEST_TITLE = 16, 150


def on_line(row: Row, places: Sequence[tuple[int, int]]) -> tuple[Words, bool] | None:
    """The title a line with a day or time has of its own, and whether it stands before them."""
    if is_sentence(row):
        return None
    line = row.line
    marks = sorted(
        (max(0, each.start - line.start), each.end - line.start) for each in (*row.days, *row.times)
    )
    marks += [
        (start - line.start, end - line.start)
        for start, end in places
        if line.start <= start < line.end
    ]
    first = min(start for start, _ in marks) if marks else 0
    best: tuple[int, int] | None = None
    for start, end in _gaps(len(line.text), marks):
        for piece_start, piece_end in _pieces(line.text, start, end):
            if _is_subject(line.text[piece_start:piece_end]) and _weight(
                line.text, (piece_start, piece_end)
            ) > _weight(line.text, best):
                best = piece_start, piece_end
    if best is None:
        return None
    start, end = _widened(line.text, best, marks)
    return Words(line.text[start:end], line.start + start, line.start + end), start < first


def is_of_many(title: str) -> bool:
    """Whether a title is of a list of trainings: "Spring courses", "Training calendar"."""
    return not NAMED_KIND.search(title) or bool(OF_MANY.search(title))


def lists_many(title: str) -> bool:
    return bool(OF_MANY.search(title))


def is_numbered(row: Row) -> bool:
    """Whether the line begins as a part of one training: "Module 2 – Hearing a disclosure"."""
    return bool(NUMBERED.match(row.line.text))


def is_sentence(row: Row) -> bool:
    """Prose in which a day is spoken of, not an entry of a list or a table."""
    if row.line.cells:
        return False
    words = row.rest.split()
    first = (
        min((each.start for each in (*row.days, *row.times)), default=row.line.end) - row.line.start
    )
    lead = row.line.text[: min(first, LONGEST_TITLE)]
    if ENTRY.search(lead) and not FINITE.search(lead) and ". " not in lead:
        return False
    is_ended = row.line.text.endswith((".", "!", ";")) or ". " in row.rest
    return len(words) > SENTENCE_WORDS or (
        len(words) > 6 and is_ended and bool(FINITE.search(row.rest))
    )


def above(rows: Sequence[Row], lines: Sequence[Line]) -> Words | None:
    """The nearest title upwards in these rows, given in the page's order."""
    for row in reversed(rows):
        text = row.line.text
        if row.is_bare or LABEL.match(row.rest) or STATUS.match(text):
            continue
        if row.line.level is None and row.days:
            continue
        if row.line.level is None and row.times:
            # "Neglect (half day, 1pm - 4pm)" above its days.
            own = None if row.line.is_bullet or TIME_LABEL.match(text) else on_line(row, ())
            if own and own[1]:
                return own[0]
            continue
        if is_heading(lines, row.index) and not is_part(text) and not names_nothing(text):
            return Words(text, row.line.start, row.line.end)
    return None


def right_above(row: Row, before: Sequence[Row], places: Sequence[tuple[int, int]]) -> Words | None:
    """In a table that lost its lines: the cell above a day that stands alone."""
    if not row.is_bare or row.times or not before or row.line.gap > 1:
        return None
    line = before[-1].line
    text = line.text
    if (
        before[-1].days
        or before[-1].times
        or text.endswith(ENDS_LIKE_PROSE)
        or len(text.split()) > 14
    ):
        return None
    if (
        is_part(text)
        or names_nothing(text)
        or LABEL.match(text)
        or REMARK.match(text)
        or BIDS.match(text)
    ):
        return None
    if any(line.start <= start < line.end for start, _ in places) or not text[:1].isupper():
        return None
    return Words(text, line.start, line.end)


def of_lead(row: Row) -> Words | None:
    """What a bullet or paragraph is about, by its first words: "Refresher is for …"."""
    found = LEAD.search(row.line.text[: LONGEST_TITLE + 1])
    if found is None:
        return None
    text = row.line.text[: found.start()].strip()
    if not 1 <= len(text.split()) <= 14 or not _is_subject(text):
        return None
    return Words(text, row.line.start, row.line.start + len(text), Sure.GUESSED)


def of_sentence(row: Row, mention: Mention) -> Words | None:
    """What a sentence says is held on the day: "the final workshop of the year takes place on …"."""
    start, end = sentence_span(row, mention.start, mention.end)
    found = PHRASE.search(row.line.text, start, end)
    if found is None:
        return None
    quoted = QUOTED.search(row.line.text, start, end)
    start, end = quoted.span("what") if quoted else found.span("what")
    return Words(
        row.line.text[start:end], row.line.start + start, row.line.start + end, Sure.GUESSED
    )


def shortened(title: Words) -> Words:
    """A title that runs on and quotes the training's own is that: "… presents ‘Seeing Neglect’"."""
    found = QUOTED.search(title.text) if len(title.text) > MOST_CHARACTERS else None
    if found is None or len(found["what"]) < SHORTEST_QUOTED:
        return title
    start = title.start + found.start("what")
    return Words(found["what"], start, start + len(found["what"]))


def in_prose(rows: Sequence[Row]) -> Words | None:
    """What is announced in running text: what is to be booked, what is quoted, what it is called."""
    for pattern in (BOOKED, OFFERED, QUOTED):
        for row in rows:
            found = pattern.search(row.line.text)
            if found and (
                pattern is BOOKED
                or NAMED_KIND.search(found["what"] if pattern is OFFERED else row.line.text)
            ):
                return _guess(row, found)
    return None


def booked(row: Row) -> Words | None:
    """The title in a line that only says how to book it."""
    found = BOOKED.search(row.line.text)
    return _guess(row, found) if found else None


def _guess(row: Row, found: re.Match[str]) -> Words:
    text = found["what"].rstrip()
    start = row.line.start + found.start("what")
    return Words(text, start, start + len(text), Sure.GUESSED)


def opening(rows: Sequence[Row]) -> Words | None:
    """The first words of the announcement, where nothing names it."""
    for row in rows:
        if LETTERS.search(row.line.text):
            text = row.line.text[:LONGEST_TITLE]
            stop = re.search(r"[.!?](?:\s|$)", text)
            text = text[: stop.start()] if stop else text
            return Words(text, row.line.start, row.line.start + len(text), Sure.GUESSED)
    return None


def _gaps(length: int, marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps, at = [], 0
    for start, end in sorted(marks):
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    return [*gaps, (at, length)] if at < length else gaps


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [(found.start(), found.end()) for found in SEPARATOR.finditer(text, start, end)]
    return _gaps_between(start, end, cuts)


def _gaps_between(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    pieces, at = [], start
    for cut_start, cut_end in cuts:
        pieces.append((at, cut_start))
        at = cut_end
    return [piece for piece in [*pieces, (at, end)] if piece[0] < piece[1]]


def _is_subject(piece: str) -> bool:
    """Whether the words can be what a training is called."""
    piece = piece.strip(" \t-–—|:;,.()[]")
    if LABEL.match(piece) or REMARK.match(piece) or STATUS.match(piece):
        return False
    said = CODE.sub("", JOINTS.sub("", piece))
    return len(LETTERS.findall(said)) >= 1 and sum(map(str.isalpha, said)) >= 4


def _weight(text: str, piece: tuple[int, int] | None) -> int:
    """The fuller a piece and the sooner it comes, the likelier it is the title."""
    if piece is None:
        return 0
    said = JOINTS.sub("", text[piece[0] : piece[1]])
    return sum(map(str.isalpha, said)) + (15 if NAMED_KIND.search(said) else 0)


def _widened(
    text: str, piece: tuple[int, int], marks: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """From the first to the last words between the marks that can be of a title: "NVR (Level 1)"."""
    gap = next((start, end) for start, end in _gaps(len(text), marks) if start <= piece[0] < end)
    said = [each for each in _pieces(text, *gap) if _is_subject(text[each[0] : each[1]])]
    start, end = said[0][0], said[-1][1]
    while start < end and not text[start].isalnum() and text[start] not in "‘“'\"(":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in "’”'\")?!":
        end -= 1
    # A bracket that was opened is part of it.
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    return start, end
