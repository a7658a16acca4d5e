"""The report to the board as a paper: the figures of a period beside those of the year before."""

from collections.abc import Callable, Sequence
from datetime import datetime

from webapp.formats import typst_papers, words
from webapp.formats.board_report import FIGURES
from webapp.formats.periods import Period
from webapp.models import Agency, Figures, Line, Partnership, Report

HEADS = (
    "Dates",
    "Booked",
    "Came",
    "Absent",
    "Excused",
    "Cancelled late",
    "Walk-ins",
    "Trained in all",
)
FILL = "Fill"
NOTHING = "–"  # noqa: RUF001
# What became of those who booked, in the order of the bar.
PARTS: Sequence[tuple[str, str, Callable[[Figures], int]]] = (
    ("Came", "#12436d", lambda figures: figures.came),
    ("Excused", "#28a197", lambda figures: figures.excused),
    ("Absent", "#801650", lambda figures: figures.absent),
    ("Not marked", "#d9d9d9", lambda figures: figures.unmarked),
)


def to_pdf(
    report: Report,
    period: Period,
    agency: Agency | None,
    *,
    partnership: Partnership,
    made_at: datetime,
) -> bytes:
    """Where the period is not over, its figures are those until `made_at`."""
    until = "" if period.ends_at <= made_at else f", up to {words.day(made_at)}"
    facts = {
        "partnership": partnership.name,
        "accent": typst_papers.accent(partnership.accent_colour),
        "title": f"Training {period.words}",
        "subtitle": f"{period.words}{until}",
        "agency": agency.name if agency else None,
        "figures": [
            [name, _number(figure(report.whole.now)), _number(figure(report.whole.before))]
            for name, figure in FIGURES
        ],
        "key": [[name, colour] for name, colour, _ in PARTS],
        "tables": [table for table in _tables(report, period, agency) if table["rows"]],
        "made": words.day(made_at),
    }
    return typst_papers.pdf("report", facts, made_at=made_at)


def _tables(report: Report, period: Period, agency: Agency | None) -> list[dict[str, object]]:
    """As on the page: a quarter has no quarters, an agency no sectors, agencies and no fill."""
    with_fill = agency is None
    tables = [] if period.quarter else [_table("Quarter", report.quarters, with_fill)]
    tables.append(_table("Course", report.courses, with_fill))
    if agency is None:
        tables.append(_table("Sector", report.sectors, with_fill=False))
        tables.append(_table("Agency", report.agencies, with_fill=False))
    return tables


def _table(of: str, lines: Sequence[Line], with_fill: bool) -> dict[str, object]:
    heads = [*HEADS, FILL] if with_fill else [*HEADS]
    return {"of": of, "heads": heads, "rows": [_row(line, with_fill) for line in lines]}


def _row(line: Line, with_fill: bool) -> dict[str, object]:
    both = zip(_cells(line.now, with_fill), _cells(line.before, with_fill), strict=True)
    return {"name": line.name, "cells": [list(pair) for pair in both], "bar": _bar(line.now)}


def _cells(figures: Figures, with_fill: bool) -> list[str]:
    counts = (
        figures.dates,
        figures.booked,
        figures.came,
        figures.absent,
        figures.excused,
        figures.late_cancellations,
        figures.walk_ins,
        figures.trained,
    )
    fill = NOTHING if figures.fill is None else f"{figures.fill}%"
    return [*map(str, counts), *([fill] if with_fill else [])]


def _bar(figures: Figures) -> list[list[object]]:
    """Each part's colour and its share of a hundred."""
    return [
        [colour, 100 * part(figures) / figures.booked]
        for _, colour, part in PARTS
        if figures.booked and part(figures)
    ]


def _number(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"
