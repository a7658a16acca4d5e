"""Whether reading takes twice the time for twice the page, in one run.

    python -m tests.bench.news

Pages people wrote are put one after the other until they are so long. Times are those of the
processor, the best of three, so that whatever else the machine does counts little.
"""

from datetime import date
from pathlib import Path
from time import process_time

from webapp.formats import news_page

CASES = sorted((Path(__file__).parents[1] / "news" / "open").glob("*.txt"))
LENGTHS = (25_000, 50_000, 100_000, 200_000)
ROW = "{:>12}{:>15}{:>12}{:>10}"


def main() -> None:
    pages = "\n\n".join(page.read_text("utf-8") for page in CASES if page.stat().st_size < 4_000)
    shortest = 0.0
    print(ROW.format("characters", "announcements", "seconds", "ratio"))
    for length in LENGTHS:
        page = (pages * (length // len(pages) + 1))[:length]
        took, announcements = min(measured(page) for _ in range(3))
        shortest = shortest or took
        print(ROW.format(length, announcements, f"{took:.2f}", f"{took / shortest:.1f}"))


def measured(page: str) -> tuple[float, int]:
    began = process_time()
    read = news_page.read(page, date(2025, 4, 16))
    return process_time() - began, len(read.items)


if __name__ == "__main__":
    main()
