"""Evaluations in words and as a table; of a table's rows none says whose it is."""

from collections import Counter
from collections.abc import Iterable

from webapp.formats import spreadsheet, words
from webapp.models import CourseDate, Evaluation

USEFUL = {
    5: "Very useful",
    4: "Useful",
    3: "Partly useful",
    2: "Of little use",
    1: "Not useful at all",
}
CONFIDENT = {
    5: "Very confident",
    4: "Confident",
    3: "Fairly confident",
    2: "Slightly confident",
    1: "Not confident at all",
}
HEAD = (
    "Date",
    "Useful (1 to 5)",
    "Confident before (1 to 5)",
    "Confident after (1 to 5)",
    "What they will do differently",
    "Comment",
)


def mean(counts: Counter[int]) -> str:
    """ "4.3", the average of points by how many gave them."""
    return f"{sum(point * number for point, number in counts.items()) / counts.total():.1f}"


def to_csv(rows: Iterable[tuple[Evaluation, CourseDate]]) -> bytes:
    return spreadsheet.to_csv(
        HEAD,
        (
            (
                words.short_day(date.starts_at) + f" {date.starts_at:%Y}" if date.starts_at else "",
                one.useful,
                one.confident_before,
                one.confident_after,
                one.will_do,
                one.comment,
            )
            for one, date in rows
        ),
    )


def file_name(slug: str, date: CourseDate | None = None) -> str:
    """Such as "evaluation-harmful-sexual-behaviour-29-may-2025.csv"."""
    day = f"-{date.starts_at:%-d-%b-%Y}".lower() if date and date.starts_at else ""
    return f"evaluation-{slug}{day}.csv"
