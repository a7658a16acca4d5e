"""What is a heading on a page that may say so or not, and which headings name no announcement."""

import re
from collections.abc import Sequence

from webapp.formats.news_source import Line

# Longer than this, or with more words, and it is a sentence that has lost its full stop.
MOST_CHARACTERS, MOST_WORDS = 140, 20

# Headings of a part of an announcement, whatever the announcement is.
PART_WORDS = frozenset(
    ["about", "accessibility", "agenda", "aim", "aims", "and", "application", "applications", "apply", "are", "as", "attend", "attending", "audience", "background", "be", "benefits", "bookings", "booking", "book", "bring", "by", "can", "cancellation", "cancellations", "certificate", "code", "cohort", "come", "contact", "contacts", "content", "contents", "cost", "costs", "cover", "covered", "cpd", "criteria", "date", "dates", "day", "days", "delivered", "delivery", "description", "details", "do", "does", "duration", "eligibility", "event", "expect", "facilitator", "facilitators", "fee", "fees", "five", "for", "format", "four", "free", "from", "full", "further", "get", "group", "held", "how", "i", "id", "in", "include", "included", "info", "information", "introduction", "is", "it", "join", "joining", "key", "know", "learn", "learning", "level", "link", "links", "location", "locations", "long", "look", "materials", "me", "module", "more", "much", "my", "name", "need", "next", "no", "note", "notes", "number", "objectives", "of", "on", "one", "online", "onto", "or", "outcome", "outcomes", "outline", "overview", "parking", "part", "payment", "place", "places", "please", "prerequisites", "presenter", "presenters", "price", "pricing", "programme", "reference", "ref", "refreshments", "register", "registration", "requirements", "resources", "session", "sessions", "should", "should", "sign", "speaker", "speakers", "start", "steps", "suitable", "summary", "target", "team", "teams", "terms", "the", "their", "this", "three", "time", "times", "timings", "title", "to", "topics", "trainer", "trainers", "training", "two", "both", "workshops", "a", "b", "c", "d", "e", "f", "course", "group", "cohort", "set", "option", "waiting", "list", "only", "up", "us", "venue", "venues", "was", "we", "what", "when", "where", "which", "who", "whom", "why", "will", "with", "workshop", "you", "your", "course", "course’s"]
)
QUESTION = re.compile(r"^(?:who|what|when|where|why|how|which)\b", re.IGNORECASE)
PARTS = re.compile(
    r"^(?:(?:course|training|event|session|workshop|webinar|programme|more|further|key|booking|target|learning|please)\s+)?"
    r"(?:audience|outline|overview|summary|description|background|introduction|about|aims?|objectives?|outcomes?|contents?|details"
    r"|information|info|dates?|times?|timings|venues?|where|when|who|what|why|how|which|locations?|costs?|fees?|price|pricing|speakers?|presenters?"
    r"|trainers?|facilitators?|agenda|bookings?|places|register|registration|contacts?|duration|cpd|materials|resources|links?"
    r"|next steps|eligibility|prerequisites|format|delivery|note|join(?:ing)?|apply|applications?|terms|cancellations?|refreshments"
    r"|parking|accessibility|days? (?:and|&) times?|day (?:\d|one|two|three)|session \d|part \d|module \d|(?:course|group|cohort|set|option|block) (?:\d+|[a-f])"
    r"|(?:course|event|ref|session|module) (?:no|number|title|name|code|reference|id)|to book|booking)\b",
    re.IGNORECASE,
)
# Words that name no subject: a heading of these alone is a shelf, not a title.
SHELF = frozenset(
    ["a", "all", "an", "and", "are", "as", "at", "available", "book", "bookable", "bookings", "booking", "by", "calendar", "check", "classroom", "come", "coming", "conferences", "course", "courses", "current", "date", "dates", "details", "diary", "events", "event", "face", "february", "for", "forthcoming", "free", "from", "further", "group", "groups", "home", "important", "in", "individual", "information", "is", "january", "july", "june", "latest", "learning", "lists", "list", "live", "local", "march", "april", "may", "august", "september", "october", "november", "december", "message", "more", "multi", "agency", "multiagency", "new", "news", "newsletter", "next", "now", "of", "on", "online", "offer", "open", "opportunities", "our", "out", "other", "partnership", "please", "programme", "programmes", "recent", "register", "save", "schedule", "seminar", "seminars", "session", "sessions", "spring", "summer", "autumn", "winter", "term", "the", "this", "time", "to", "training", "trainings", "upcoming", "update", "updates", "us", "virtual", "webinar", "webinars", "week", "welcome", "what", "whats", "who", "with", "work", "workshop", "workshops", "year", "your", "you", "can", "now", "items", "read", "keep", "up", "coming", "soon", "here", "remaining", "places", "left", "month", "months", "bulletin", "issue", "edition", "back", "list", "top", "skip", "content", "main", "menu", "search", "cancelled", "moved", "full", "fully", "booked", "postponed", "extra", "change", "time", "times", "only", "rescheduled", "sub", "dates", "place", "held", "two", "three", "half", "day", "days"]
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
DAY_WORDS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "date", "dates", "day", "days", "time", "times", "and", "in", "the", "new", "next", "upcoming", "further", "spring", "summer", "autumn", "winter", "term"]
)
LABELLED = re.compile(
    r"^(?:dates?(?: and times?| & times?)?|times?|when|where|venue|location|cost|price|fee|audience"
    r"|target audience|tel|telephone|phone|e-?mail|contact|speakers?|trainers?|presenters?|level"
    r"|duration|places|to book|book(?:ing)?|register|deadline|closing date|published|posted(?: on)?|cpd)"
    r"\b[^:]{0,20}[:–-]",
    re.IGNORECASE,
)
# A sentence that asks the reader to do something is no title.
BIDS = re.compile(
    r"^(?:click|e-?mail|contact|please|download|view|visit|read|see|find|follow|go to|log in|log into"
    r"|call|ring|tel|telephone|phone|to (?:book|register|find|ask|apply|reserve|access|sign|view|read)"
    r"|book (?:a|your|here|now|on|via|online|through)|register (?:your|here|now|on|via|for|at|by)"
    r"|sign up|apply (?:here|now|by|via)|back to|return to|share this|posted|published|if you|use the"
    r"|booking (?:a|your|is|via|for|can|through)|free to|open to|suitable for|for (?!your|information|the diary)[\w-]+[^:]*$|queries|enquiries|cpd)\b",
    re.IGNORECASE,
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|can|may|must|should|would|takes|took|we|you|they)\b"
)
ENDS_LIKE_PROSE = (".", ",", ";", ":", "&", "…")


def is_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether this line heads what follows: because the page says so, or by its looks."""
    line = lines[index]
    if line.level is not None:
        return True
    text = line.text
    if (
        line.is_bullet
        or line.cells
        or len(text) > MOST_CHARACTERS
        or text.endswith(ENDS_LIKE_PROSE)
    ):
        return False
    words = WORD.findall(text)
    if not words or len(words) > MOST_WORDS or not _begins_like_a_title(text):
        return False
    if LABELLED.match(text) or BIDS.match(text):
        return False
    if len(words) > 8 and FINITE.search(text) and not text.endswith("?"):
        return False
    return _stands_apart(lines, index)


def is_part(text: str) -> bool:
    """Whether this heads a part of an announcement, such as "Who should attend?"."""
    words = [word.lower() for word in WORD.findall(text)]
    return bool(PARTS.match(text)) and len(words) <= 9 and all(word in PART_WORDS for word in words)


def names_days(text: str) -> bool:
    """Whether it heads nothing but days, as in "January dates"."""
    return all(word.lower() in DAY_WORDS for word in WORD.findall(text))


def names_nothing(text: str) -> bool:
    """Whether the words name no subject, as in "Upcoming training events"."""
    return all(
        word.lower().replace("’", "").replace("'", "") in SHELF for word in WORD.findall(text)
    )


def _begins_like_a_title(text: str) -> bool:
    first = text.lstrip("‘'“\"(*#–- ")[:1]
    return first.isupper() or first.isdigit()


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """A line of its own: after an empty line, or after the end of a sentence, a list or a table."""
    line = lines[index]
    if index == 0 or line.gap:
        return True
    before = lines[index - 1]
    # In capitals, or under a heading in capitals.
    if line.text.isupper() or (before.text.isupper() and len(line.text) < 80):
        return True
    return before.is_bullet or bool(before.cells) or before.text.endswith((".", "!", "?", "”", "’"))
