"""One block of the page as the trainings in it: which rows, under which title, on which days."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from webapp.formats import news_offered, news_sentence_titles, news_titles
from webapp.formats.announcements import Words
from webapp.formats.news_kept_weeks import names_kept
from webapp.formats.news_lead_in import is_of_all
from webapp.formats.news_lengths import Length, Lengths
from webapp.formats.news_own_titles import Own, ends_a_sentence, is_sentence, on_line
from webapp.formats.news_pair_words import TIME_TO_FOLLOW
from webapp.formats.news_pairs import is_within, only_times, pair
from webapp.formats.news_rows import Row, heads_a_day
from webapp.formats.news_setting import Part, Setting, names_subject, names_training
from webapp.formats.news_time_keys import is_exception
from webapp.formats.news_times import Slot
from webapp.formats.news_timetables import timetable
from webapp.formats.news_title_words import NAMED_KIND
from webapp.formats.news_where import Span

# A part of one training is numbered on its day's line, or on one of so many above.
NUMBERED_ABOVE = 2
# "Save the date! Leaders' conference" is one title.
SENTENCE_INSIDE = re.compile(r"[a-z]{2}(?<!the date)(?<!the Date)(?<!The Date)[.!?] ")
# "World Mental Health Day", "Carers Week" are told beside a training and are not its groups.
OBSERVED = re.compile(r"\b(?:Day|Week|Month)s?$")


def split(setting: Setting) -> list[Part]:
    """The trainings of a block, in order.

    The first part has what is before all of them and what is said of all; it has no days of its
    own unless the block is one training.
    """
    return _ended(_split(setting), setting)


def _ended(parts: list[Part], setting: Setting) -> list[Part]:
    """The parts with the ends that follow from how long something lasts."""
    said = Lengths(setting.lines)
    of_all = said.told(row.line for row in parts[0].rows)
    intro: list[Row] = []
    of_intro: list[Length] = []
    for part in parts:
        if part.intro is not intro:
            intro, of_intro = part.intro, said.told(row.line for row in part.intro)
        rows = [row for row in part.rows if not is_within(row.line.start, setting.away)]
        own = said.told(row.line for row in rows)
        title = said.at(part.title.start) if part.title else setting.title
        told = own or said.named(title) or of_intro or of_all
        part.dated = said.with_ends(part.dated, told)
    return parts


def _split(setting: Setting) -> list[Part]:
    listed = timetable(setting)
    if not listed:
        return _timed(_parts(setting), setting.away)
    used = {row.index for part in listed[1:] for row in part.rows}
    used |= {each.row.index for part in listed for each in part.dated}
    others = [row for row in setting.rows if row.index not in used and not heads_a_day(row)]
    if not any(setting.days[row.index] for row in others):
        return listed
    # Further trainings stand before the timetable or after it.
    whole, *further = _timed(_parts(replace(setting, rows=others)), setting.away)
    return [whole, *sorted([*further, *listed[1:]], key=lambda part: part.rows[0].index)]


def _parts(setting: Setting) -> list[Part]:
    parts, tail = _by_titles(setting)
    if not _is_named(setting) and (booked := _by_booking_lines(parts[0], setting)):
        return [*booked, *parts[1:]]
    if len(parts) == 2 and not parts[0].days and _is_remark(parts[1], setting):
        return [Part(None, list(setting.rows), [], parts[1].days)]
    if len(parts) > 2:
        _share_tail(parts, tail)
    return parts


def _by_titles(setting: Setting) -> tuple[list[Part], list[Row]]:
    """A part for each title that days have of their own; and the rows after the last day."""
    parts = [Part(None)]
    pending: list[Row] = []
    for row in setting.rows:
        days = setting.days[row.index]
        if row.index in setting.to_follow:
            parts.append(Part(setting.columns[row.index], [row]))
            continue
        if not days:
            pending.append(row)
            continue
        named = setting.titles_below.get(row.index) or _named(setting, row, pending)
        if named and not (parts[-1].title and named.text == parts[-1].title.text):
            begin = bisect_right(pending, named.start, key=lambda each: each.line.end)
            above = pending[:begin]
            intro = above if above or pending else parts[-1].intro
            parts[-1].rows += above
            parts.append(Part(named, [], intro))
            pending = pending[begin:]
        parts[-1].rows += [*pending, row]
        parts[-1].days += days
        pending = []
    parts[-1].rows += pending
    return parts, pending


def _named(setting: Setting, row: Row, before: Sequence[Row]) -> Words | None:
    """What this day's training is called where it is not the block's title; None for that."""
    line = row.line
    if line.is_offered and (told := news_offered.named(line.text, line.start)):
        return told
    return _named_around(setting, row, before)


def _named_around(setting: Setting, row: Row, before: Sequence[Row]) -> Words | None:
    around = [row, *before[-NUMBERED_ABOVE:]]
    if setting.title is not None and any(map(news_titles.is_numbered, around)):
        return None
    if is_exception(row) or row.index in setting.groups:
        return None
    if row.index in setting.columns:
        return setting.columns[row.index]
    if row.index in setting.titles_above:
        return setting.titles_above[row.index]
    own = _own(setting, row)
    if own and (setting.lists_titles or own.is_first or NAMED_KIND.search(own.words.text)):
        return own.words
    cell = news_titles.right_above(row, before, setting.places)
    if cell and not setting.is_shelf and not names_training(cell.text):
        cell = None  # where the day before is held
    above = cell if cell and not row.line.gap else news_titles.above(before, setting.lines)
    if own and setting.is_shelf and above is None:
        return own.words
    return above or cell or _in_words(setting, row, before)


def _own(setting: Setting, row: Row) -> Own | None:
    """The title on the day's own line."""
    own = on_line(row, setting.places)
    if own is None or own.is_quoted or setting.lists_titles:
        return own
    is_story = own.is_first and SENTENCE_INSIDE.search(own.words.text)
    if _is_group(own, setting) or (is_story and not setting.is_nameless):
        return None
    if setting.lists_groups:
        return None
    if names_training(own.words.text):
        return None if own.is_first and ends_a_sentence(row) and _is_named(setting) else own
    if setting.lists_days and not own.is_first:
        return None  # where it is held
    is_shelf = setting.is_nameless or setting.is_list
    return None if own.is_first and ends_a_sentence(row) and not is_shelf else own


def _is_group(own: Own, setting: Setting) -> bool:
    """Who comes or which session it is, under a title that names the training: "Managers: 6 May",
    "Session for receptionists - 8 May"."""
    if setting.title is None or setting.is_nameless:
        return False
    title, text = setting.title.text, own.words.text
    # A week that is kept has no groups: each of its days is of something else.
    if names_kept(title):
        return False
    if not names_training(title) or news_titles.lists_many(title):
        return False
    if " " not in text:
        return True
    return not OBSERVED.search(text) and not names_subject(text)


def _in_words(setting: Setting, row: Row, before: Sequence[Row]) -> Words | None:
    """What the sentence with the day speaks of, or the paragraph that the day stands under."""
    is_list = setting.is_nameless or setting.is_list
    if (is_list or (row.line.is_bullet and setting.is_shelf)) and is_sentence(row):
        return news_sentence_titles.of_row(row)
    above = before[-1] if before else None
    if above and row.line.is_bullet and above.line.is_bullet and not above.days:
        return news_sentence_titles.of_lead(above)
    if setting.title is not None and names_training(setting.title.text):
        return None
    return news_titles.announced(before)


def _is_named(setting: Setting) -> bool:
    """Whether the block's title names a training."""
    title = setting.title
    return title is not None and not setting.is_nameless and bool(NAMED_KIND.search(title.text))


def _is_remark(part: Part, setting: Setting) -> bool:
    """Whether the one title found is a remark: on a line without a day, under a title that names
    something itself."""
    if setting.title is None or part.title is None or setting.is_nameless:
        return False
    if news_titles.lists_many(setting.title.text):
        return False
    start = part.title.start
    return not any(row.line.start <= start < row.line.end for row in part.rows if row.days)


def _by_booking_lines(whole: Part, setting: Setting) -> list[Part]:
    """Where headings were lost, each training's title stands only where it says how to book it."""
    found = [(place, news_titles.booked(row)) for place, row in enumerate(whole.rows)]
    titles = [(place, named) for place, named in found if named]
    if len({named.text for _, named in titles}) < 2:
        return []
    rest, parts, at = Part(None), list[Part](), 0
    for place, named in titles:
        part = Part(named, whole.rows[at : place + 1])
        part.days = [day for row in part.rows for day in setting.days[row.index]]
        if part.days:
            parts.append(part)
        else:
            rest.rows += part.rows
        at = place + 1
    rest.rows += whole.rows[at:]
    rest.days = [day for row in rest.rows for day in setting.days[row.index]]
    return [rest, *parts]


def _share_tail(parts: Sequence[Part], tail: Sequence[Row]) -> None:
    """What comes after the last of several trainings, beyond its own lines, is said of all."""
    last = parts[-1]
    ends = (place for place, row in enumerate(tail) if is_of_all(row, place, last))
    own = next(ends, len(tail))
    last.rows = last.rows[: len(last.rows) - len(tail) + own]
    parts[0].rows += tail[own:]


def _timed(parts: list[Part], away: Sequence[Span]) -> list[Part]:
    """The days with their times; where none is beside them, the one that is said above them, or
    of all."""
    # Hours beside a day above the first of them are of that day.
    of_all = only_times([row for row in parts[0].rows if not row.days], away)
    intro: list[Row] = []
    of_intro: tuple[Slot, ...] = ()
    for part in parts:
        if part.intro is not intro:
            intro, of_intro = part.intro, only_times(part.intro, away)
        part.dated = pair(part.rows, part.days, away)
        if not any(dated.slots for dated in part.dated):
            only = only_times(part.rows, away) or of_intro or of_all
            known = (() if each.row.says(TIME_TO_FOLLOW) else only for each in part.dated)
            pairs = zip(part.dated, known, strict=True)
            part.dated = [replace(each, slots=slots) for each, slots in pairs]
    return parts
