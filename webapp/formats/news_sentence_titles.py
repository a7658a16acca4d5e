"""What a sentence says the training is called: "the final workshop of the year is on 6 May"."""

import re

from webapp.formats.announcements import Sure, Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_heading_words import FINITE
from webapp.formats.news_headings import names_nothing
from webapp.formats.news_own_titles import is_sentence, is_subject
from webapp.formats.news_rows import Row
from webapp.formats.news_sentences import sentence_span
from webapp.formats.news_title_words import APPOSED, LEAD, PHRASE, QUOTED
from webapp.formats.news_vocabulary import SUBJECT

# A title in the words of a line has no more words or characters than this.
MOST_WORDS, LONGEST = 14, 150
# A sentence without a name may speak of what was named so many characters before it.
FAR = 400
ARTICLE = re.compile(r"\b(?:the|an?|our|this)\s", re.IGNORECASE)
# "Women and Girls Conference" is a name, "networking event" is none.
NAME = re.compile(r"(?:\b[A-Z][\w\u2019'-]+ (?:\w{1,3} )?){2}")
# "6 May is Carers Day" says what is kept on that day.
IS_KEPT = re.compile(r"\b(?:is|are) (?:\w+ )?[A-Z].*\b(?:Day|Week|Month)$")


def of_row(row: Row) -> Words | None:
    """What the line says is held on its first day, else what it is about."""
    return of_sentence(row, row.days[0]) or of_lead(row)


def of_lead(row: Row) -> Words | None:
    """What a bullet or paragraph is about, by its first words: "Refresher is for …"."""
    found = LEAD.search(row.line.text[: LONGEST + 1])
    text = row.line.text[: found.start()].strip() if found else ""
    if not 1 <= len(text.split()) <= MOST_WORDS or not is_subject(text):
        return None
    return Words(text, row.line.start, row.line.start + len(text), Sure.GUESSED)


def of_sentence(row: Row, mention: Mention) -> Words | None:
    """What a sentence says is held on the day: "the final workshop of the year takes place …"."""
    sentence = sentence_span(row, mention.start, mention.end)
    found = PHRASE.search(row.line.text, *sentence)
    if found is None:
        return None
    if names_nothing(found["what"]):
        found = _named_before(row.line.text, sentence[0]) or found
    apposed = APPOSED.match(row.line.text, sentence[0], found.start("what"))
    start, end = (QUOTED.search(row.line.text, *sentence) or apposed or found).span("what")
    at = row.line.start
    return Words(row.line.text[start:end], at + start, at + end, Sure.GUESSED)


def _named_before(text: str, end: int) -> re.Match[str] | None:
    """What the sentences before this place call it: "Our spring webinar is open. The webinar …"."""
    articles = ARTICLE.finditer(text, max(0, end - FAR), end)
    found = (PHRASE.match(text, article.start(), end) for article in articles)
    named = (one for one in found if one and " " in one["what"].strip())
    return next((one for one in named if not FINITE.search(one["what"])), None)


def told(row: Row, mention: Mention) -> tuple[Words, str] | None:
    """The training that a sentence in a story says is held on the day, and the sentence."""
    named = of_sentence(row, mention) if is_sentence(row) else None
    is_named = named is not None and (SUBJECT.search(named.text) or NAME.search(named.text))
    if named is None or not is_named or IS_KEPT.search(named.text):
        return None
    return named, row.line.text[slice(*sentence_span(row, mention.start, mention.end))]
