"""What is a heading on a page that may say so or not, and which headings name no announcement."""

import re
from collections.abc import Sequence

from webapp.formats.news_heading_words import (
    BIDS,
    DAY_WORDS,
    FINITE,
    LABELLED,
    PART_WORDS,
    PARTS,
    SHELF,
)
from webapp.formats.news_place_words import is_place
from webapp.formats.news_source import Line
from webapp.formats.news_vocabulary import BOOKING, TRAINING

# Longer than this, or with more words, and it is a sentence that has lost its full stop.
MOST_CHARACTERS, MOST_WORDS = 140, 20
# So many words make a sentence, where one of them is such as only sentences have.
SENTENCE_WORDS = 9
# A shelf with a full stop is no longer.
LONGEST_SHELF = 30
# The heading of a part has no more words than this.
LONGEST_PART = 9
# No short name, which is of a body: "Drugs Court (FDC)".
IN_BRACKETS = re.compile(r"\s?\((?![A-Z]{3,6}\))[^()]{1,120}\)$")
# "Module three: what every governor has to know".
NUMBERED = re.compile(r"(?:module|part|unit|level|session) \w{1,5}\s?[:\u2013-]", re.IGNORECASE)
NUMBER = re.compile(r"(?=\S*\d)\S+")
# "Course code: NG14/7" above its title.
NUMBER_OF_A_COURSE = re.compile(
    r"(?:(?:course|event|session) )?(?:code|ref(?:erence)?|no|number)\b\W{0,3}[A-Z\d/-]{2,15}"
    r"\W{0,2}",
    re.IGNORECASE,
)
# "Participants will -" goes on in the next line; "Attendance: 20" is a number with its label.
NO_TITLE = re.compile(
    r".*\b(?:will|can|may|must|should|(?:is|are|be) (?:expected|asked|able|invited|required) to)"
    r"|[A-Z][\w ]{1,25}:\s?[\d\u00a3.,]{1,12}"
    r"|(?:both|all|each|every|the)\b[\w ]{0,30}\b(?:must|should|needs? to|ha(?:s|ve) to) be\b.*"
    # How a letter begins and ends.
    r"|(?:dear|hello|hi) (?:all|colleagues?|partners?|everyone|everybody|team|friends)\b.{0,20}"
    r"|(?:kind|kindest|best|warm|warmest|with) (?:best |kind )?(?:regards|wishes)|many thanks"
    r"|yours \w+",
    re.IGNORECASE,
)
# Below such a label stands a title or a day.
NAMES_WHAT = re.compile(
    r"\b(?:title|name|course|event|session|topic|dates?|when|times?|programme)s?\b", re.IGNORECASE
)
DIGIT = re.compile(r"\d")
# A question that has lost its mark heads a part, too.
ASKS = re.compile(r"(?:what|who|why|how) (?:is|are|do|does|can|should)\b[^:]*$", re.IGNORECASE)
NAMED_AND_ASKED = re.compile(r"(?P<what>[^?]{8,80}?)(?: [-\u2013\u2014]|:) [^?]+\?$")
# No list is looked at farther than so many lines.
LONGEST_LIST = 12
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
CONTRACTED = re.compile(r"['\u2019](?:ll|re|ve|d|s)$")
# The last line of an entry: "£30 members, £45 others".
PRICE = re.compile(r"[£€]\s?\d")
ENDS_LIKE_PROSE = (".", ",", ";", ":", "&", "…")
# What somebody said, in the quotation marks of prose.
ENDS_A_QUOTATION = (".'", '."', ".\u2019", ".\u201d")
ENDS_A_SENTENCE = (".", "!", "?", "\u201d", "\u2019")


def is_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether this line heads what follows: because the page says so, or by its looks."""
    line = lines[index]
    if line.level is not None:
        return True
    if line.is_bullet or line.cells or not looks_like_a_title(line.text):
        return False
    return _stands_apart(lines, index)


def is_under_a_day(lines: Sequence[Line], index: int) -> bool:
    """Whether it may be the title of what is on the day right above, which begins a paragraph."""
    line, before = lines[index], lines[index - 1]
    is_entry = index > 0 and not (line.gap or line.is_bullet or line.cells) and before.gap > 0
    is_day = is_entry and bool(DIGIT.search(before.text)) and names_days(before.text)
    return is_day and looks_like_a_title(line.text)


def looks_like_a_title(line: str) -> bool:
    """Whether its words alone may be those of a heading."""
    # "Listening (for leads - you must have done the course above)" is a title, too.
    text = IN_BRACKETS.sub("", line) or line
    # "Courses." on a line of its own heads them, whatever it ends with.
    is_shelf = len(text) <= LONGEST_SHELF and names_nothing(text) and not FINITE.search(text)
    text = text.rstrip(".") if is_shelf else text
    # "It shows:-" goes on, too.
    ending = text.rstrip("-\u2013\u2014 ")
    if len(text) > MOST_CHARACTERS or ending.endswith((*ENDS_LIKE_PROSE, *ENDS_A_QUOTATION)):
        return False
    words = len(WORD.findall(text))
    if is_place(text) or NUMBER_OF_A_COURSE.fullmatch(text) or NO_TITLE.fullmatch(ending):
        return False
    if not 1 <= words <= MOST_WORDS or not _begins_like_a_title(text):
        return False
    # "Training; Events; Vacancies; Funding" are what a page has, on its first lines.
    if LABELLED.match(text) or BIDS.match(text) or text.count(";") > 1:
        return False
    is_named = text.endswith("?") or NUMBERED.match(text)
    return words < SENTENCE_WORDS or bool(is_named) or not FINITE.search(text)


def asks(text: str) -> bool:
    """Whether it is a question, which heads a part: "Who is it for?", but not "Safeguarding
    training - is yours out of date?"."""
    if ASKS.match(text):
        return True
    named = NAMED_AND_ASKED.match(text)
    return text.endswith("?") and not (named and TRAINING.search(named["what"]))


def is_part(text: str) -> bool:
    """Whether this heads a part of an announcement, such as "Who should attend?"."""
    if not PARTS.match(text):
        return False
    words = [CONTRACTED.sub("", word.lower()) for word in WORD.findall(text)]
    return len(words) <= LONGEST_PART and all(word in PART_WORDS for word in words)


def names_days(text: str) -> bool:
    """Whether it heads nothing but days, as in "January dates"."""
    return all(word.lower() in DAY_WORDS for word in WORD.findall(text))


def names_nothing(text: str) -> bool:
    """Whether the words name no subject, as in "Upcoming training events"."""
    return all(
        word.lower().replace("\u2019", "").replace("'", "") in SHELF for word in WORD.findall(text)
    )


def _is_loud(text: str) -> bool:
    """In capitals, as no number of a course is: "ASC22/114"."""
    return text.isupper() and not NUMBER.fullmatch(text)


def _begins_like_a_title(text: str) -> bool:
    first = text.lstrip("\u2018'\u201c\"(*#\u2013- ")[:1]
    return first.isupper() or first.isdigit()


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Whether the line says what the one above announces: "Description:", or "It will cover:" with
    a list in which nothing has a day."""
    before = lines[index - 1]
    text = before.text
    if is_part(text) and not NAMES_WHAT.search(text):
        return text.endswith(":") or before.level is not None
    if not text.endswith(":") or not FINITE.search(text):
        return False
    run = [lines[index]]
    for line in lines[index + 1 : index + LONGEST_LIST]:
        if line.gap:
            break
        run.append(line)
    return len(run) > 1 and not any(DIGIT.search(line.text) for line in run)


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """A line of its own: after an empty line, or after the end of a sentence, a list or a table."""
    line = lines[index]
    if index and _goes_on(lines, index):
        return False
    if index == 0 or line.gap:
        return True
    before = lines[index - 1]
    # In capitals, or under a heading in capitals.
    if _is_loud(line.text) or (_is_loud(before.text) and len(line.text) < 80):
        return True
    # What follows a line that says how to book names the next training.
    if BOOKING.search(before.text) and TRAINING.search(line.text):
        return True
    if PRICE.match(before.text):
        return True
    return before.is_bullet or bool(before.cells) or before.text.endswith(ENDS_A_SENTENCE)
