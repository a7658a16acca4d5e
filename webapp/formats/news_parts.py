"""One block of the page as the trainings in it: which rows, under which title, on which days."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.formats import news_titles
from webapp.formats.announcements import Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_headings import names_nothing
from webapp.formats.news_pairs import Dated, only_times, pair, usable_times
from webapp.formats.news_rows import TIME_LABEL, Row, heads_a_day
from webapp.formats.news_source import Line
from webapp.formats.news_own_titles import is_sentence, on_line
from webapp.formats.news_title_words import NAMED_KIND


@dataclass
class Part:
    """What belongs to one training. `title` None: the block's own."""

    title: Words | None
    rows: list[Row] = field(default_factory=list)
    # What is said above a list in which each line is a training of its own.
    intro: list[Row] = field(default_factory=list)
    days: list[Mention] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)


def split(
    title: Line | None,
    rows: Sequence[Row],
    wanted: Sequence[Mention],
    places: Sequence[tuple[int, int]],
    lines: Sequence[Line],
    away: Sequence[tuple[int, int]],
) -> list[Part]:
    """The trainings among these rows, in order; `wanted` are the days of sessions, `away` the spans of agendas.

    The first part has what is before all of them and what is said of all; it has no days of its
    own unless the block is one training.
    """
    chosen = set(wanted)
    days = {row.index: [m for m in row.days if m in chosen] for row in rows}
    timetable = _timetable(title, rows, days, lines, places, away)
    if timetable:
        return timetable
    whole = Part(None)
    parts = [whole]
    is_list = bool(title and news_titles.lists_many(title.text)) and sum(map(bool, days.values())) > 1
    lists_titles = _lists_titles([row for row in rows if days[row.index]], places)
    pending: list[Row] = []
    for row in rows:
        if not days[row.index]:
            pending.append(row)
            continue
        named = _named(row, title, pending, places, lines, lists_titles, is_list)
        if named is None or (parts[-1].title and named.text == parts[-1].title.text):
            parts[-1].rows += pending
        else:
            begin = next(
                (n for n, each in enumerate(pending) if each.line.start >= named.start),
                len(pending),
            )
            parts[-1].rows += pending[:begin]
            intro = pending[:begin] or (parts[-1].intro if not pending else [])
            parts.append(Part(named, pending[begin:], intro))
        parts[-1].rows.append(row)
        parts[-1].days += days[row.index]
        pending = []
    parts[-1].rows += pending
    if len(parts) == 1 and (title is None or not _is_named(title)):
        parts = _by_booking_lines(whole, days) or parts
        whole = parts[0]
    if len(parts) == 2 and not whole.days and title and _is_aside(parts[1], title, rows):
        parts = [whole] = [Part(None, list(rows), [], parts[1].days)]
    if len(parts) > 2:
        _share_tail(parts, pending)
    for part in parts:
        part.dated = pair(part.rows, part.days, away)
        for said in (part.rows, part.intro, whole.rows):
            if not any(dated.slots for dated in part.dated):
                part.dated = _with_only_time(part, said, away)
    return parts


def _is_aside(part: Part, title: Line, rows: Sequence[Row]) -> bool:
    """Whether the one title found is a remark: on a line without a day, under a title that names
    something itself."""
    if names_nothing(title.text) or news_titles.lists_many(title.text) or part.title is None:
        return False
    return not any(row.line.start <= part.title.start < row.line.end for row in part.rows if row.days)


def _lists_titles(rows: Sequence[Row], places: Sequence[tuple[int, int]]) -> bool:
    """Whether each day of a list has other words beside it: "19:00 Mon 13/01 Safer Recruitment"."""
    own = [on_line(row, places) for row in rows]
    titles = {each.words.text.casefold() for each in own if each}
    return (
        len(rows) > 2
        and len(titles) > 2
        and all(own)
        and not any(map(news_titles.is_numbered, rows))
    )


def _is_named(title: Line) -> bool:
    return not names_nothing(title.text) and bool(NAMED_KIND.search(title.text))


def _by_booking_lines(whole: Part, days: dict[int, list[Mention]]) -> list[Part]:
    """Where headings were lost, each training's title stands only where it says how to book it."""
    titles = [(row, named) for row in whole.rows if (named := news_titles.booked(row))]
    if len({named.text for _, named in titles}) < 2:
        return []
    parts, at = [Part(None)], 0
    for row, named in titles:
        rows = [each for each in whole.rows if at <= each.index <= row.index]
        dated = [mention for each in rows for mention in days[each.index]]
        parts.append(Part(named, rows, [], dated)) if dated else parts[0].rows.extend(rows)
        at = row.index + 1
    parts[0].rows += [each for each in whole.rows if each.index >= at]
    parts[0].days = [mention for each in parts[0].rows for mention in days[each.index]]
    return parts


def _named(
    row: Row,
    title: Line | None,
    before: Sequence[Row],
    places: Sequence[tuple[int, int]],
    lines: Sequence[Line],
    lists_titles: bool,
    is_list: bool,
) -> Words | None:
    """What this day's training is called where it is not the block's title; None for that."""
    is_shelf = title is None or names_nothing(title.text) or news_titles.is_of_many(title.text)
    is_part_of_one = any(map(news_titles.is_numbered, [row, *before[-2:]]))
    if is_part_of_one and title is not None:
        return None
    own = on_line(row, places)
    if own and lists_titles:
        return own.words
    if own and (
        own.is_first or NAMED_KIND.search(own.words.text) or (is_shelf and not _has_title_above(before, lines))
    ):
        return own.words
    upwards = news_titles.above(before, lines) or news_titles.right_above(row, before, places)
    if upwards:
        return upwards
    is_list = title is None or names_nothing(title.text) or is_list
    if (is_list or (row.line.is_bullet and is_shelf)) and is_sentence(row):
        return news_titles.of_sentence(row, row.days[0])
    if before and row.line.is_bullet and before[-1].line.is_bullet and not before[-1].days:
        return news_titles.of_lead(before[-1])
    return None


def _has_title_above(before: Sequence[Row], lines: Sequence[Line]) -> bool:
    return news_titles.above(before, lines) is not None


def _share_tail(parts: list[Part], tail: Sequence[Row]) -> None:
    """What comes after the last of several trainings, beyond its own lines, is said of all."""
    last = parts[-1]
    own = 0
    for row in tail:
        if row.line.gap > 0 and own > 0:
            break
        if row.line.gap > 1 or (
            row.line.gap and not row.line.is_bullet and len(row.line.text) > 60
        ):
            break
        own += 1
    shared = tail[own:]
    if shared:
        last.rows = last.rows[: len(last.rows) - len(shared)]
        parts[0].rows += shared


def _with_only_time(part: Part, rows: Sequence[Row], away: Sequence[tuple[int, int]]) -> list[Dated]:
    slots = only_times(rows, away)
    return [Dated(dated.row, dated.mention, slots) for dated in part.dated] if slots else part.dated


def _timetable(
    title: Line | None,
    rows: Sequence[Row],
    days: dict[int, list[Mention]],
    lines: Sequence[Line],
    places: Sequence[tuple[int, int]],
    away: Sequence[tuple[int, int]],
) -> list[Part]:
    """Days as headings, each with what is on at which time under it; empty where it is none."""
    whole, parts = Part(None), []
    day: tuple[Row, Mention] | None = None
    pending: list[Row] = []
    heads = 0
    for row in rows:
        if row.days:
            day = None
            if heads_a_day(row):
                day, heads = (row, row.days[0]), heads + 1
            (parts[-1].rows if parts else whole.rows).extend(pending)
            pending = []
            continue
        slots = usable_times(row, away)
        if day is None or not slots:
            pending.append(row)
            continue
        own = None if TIME_LABEL.match(row.line.text) else on_line(row, places)
        named = own.words if own else news_titles.above(pending, lines)
        if named is None:
            pending.append(row)
            continue
        begin = next(
            (n for n, each in enumerate(pending) if each.line.start >= named.start), len(pending)
        )
        (parts[-1].rows if parts else whole.rows).extend(pending[:begin])
        part = Part(named, [*pending[begin:], row], [], [day[1]])
        part.dated = [Dated(day[0], day[1], slots)]
        parts.append(part)
        pending = []
    (parts[-1].rows if parts else whole.rows).extend(pending)
    has_whole_times = sum(1 for part in parts if any(slot.ends for slot in part.dated[0].slots))
    is_timetable = len(parts) > heads or (len(parts) > 1 and heads > 1)
    if not parts or not is_timetable or has_whole_times * 2 < len(parts):
        return []
    return [whole, *parts]
