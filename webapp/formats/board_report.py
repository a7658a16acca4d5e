"""The report to the board as a table to take away, each figure beside that of the year before."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from webapp.formats import spreadsheet
from webapp.formats.periods import Period
from webapp.formats.spreadsheet import Cell
from webapp.models import Agency, Figures, Line, Report

# In the order of pages and files; each with its words for one figure.
FIGURES: Sequence[tuple[str, Callable[[Figures], int | None]]] = (
    ("Dates held", lambda figures: figures.dates),
    ("Booked", lambda figures: figures.booked),
    ("Came", lambda figures: figures.came),
    ("Of these, part of the time", lambda figures: figures.part),
    ("Absent", lambda figures: figures.absent),
    ("Excused", lambda figures: figures.excused),
    ("Not marked on the register", lambda figures: figures.unmarked),
    ("Late cancellations", lambda figures: figures.late_cancellations),
    ("Walk-ins", lambda figures: figures.walk_ins),
    ("Trained in all", lambda figures: figures.trained),
    ("Attendance, %", lambda figures: figures.attendance),
    ("Places", lambda figures: figures.places or None),
    ("Fill, %", lambda figures: figures.fill),
)


def to_csv(report: Report) -> bytes:
    return spreadsheet.to_csv(_head(), _rows(report))


def to_xlsx(title: str, report: Report, *, made_at: datetime) -> bytes:
    return spreadsheet.to_xlsx(title, _head(), _rows(report), made_at=made_at, sheet="Report")


def file_name(period: Period, agency: Agency | None, ending: str) -> str:
    """Such as "training-2025-26-q1.csv"; of one agency it says so, not which."""
    return f"training-{period}{'-agency' if agency else ''}.{ending}"


def _head() -> list[str]:
    names = [name for name, _ in FIGURES]
    return ["Of", "Name", *names, *(f"{name} (year before)" for name in names)]


def _rows(report: Report) -> Iterator[list[Cell]]:
    kinds = {
        "Everything": [report.whole],
        "Quarter": report.quarters,
        "Course": report.courses,
        "Sector": report.sectors,
        "Agency": report.agencies,
    }
    return (_row(kind, line) for kind, lines in kinds.items() for line in lines)


def _row(kind: str, line: Line) -> list[Cell]:
    both = (line.now, line.before)
    return [kind, line.name, *(figure(figures) for figures in both for _, figure in FIGURES)]
