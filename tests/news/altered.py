"""How sturdy the reader is: pages whose truth is known, laid out in other ways that mean the same.

Nobody knows how the next page is laid out. Where one of these ways costs much, a rule leans on
what pages differ in.

    python -m tests.news.altered tests/news/open --only without_gaps --mistakes
"""

import json
from datetime import date
from pathlib import Path

import click

from tests.news import layouts, scoring
from webapp.formats import news_html, news_json, news_page

ALL = {each.__name__: each for each in (*layouts.PLAIN, *layouts.MARKED_UP)}


def scored(
    folder: Path, alter: layouts.Alter, *, every: int = 1, is_altered: bool = True
) -> tuple[int, scoring.Score]:
    """How many of every so many pages it alters; how those are read, altered or as they were."""
    total, pages = scoring.Score(), 0
    # By number, so that pages added at the end leave those before them taken as they were.
    for path in sorted(folder.glob("*.truth.json"), key=_number)[::every]:
        case = path.name.removesuffix(".truth.json")
        page = (folder / f"{case}.txt").read_text("utf-8", "replace")
        truth = json.loads(path.read_text("utf-8"))["items"]
        is_its_kind = news_html.looks_like_it(page) == (alter in layouts.MARKED_UP)
        altered = alter(page, truth) if is_its_kind else page
        if altered == page:
            continue
        known = json.loads((folder / f"{case}.meta.json").read_text("utf-8"))["page_published"]
        published = date.fromisoformat(known) if known else None
        found = news_page.read(altered if is_altered else page, published)
        scoring.Case(case, list(news_json.as_json(found)["items"]), truth, total).count()
        pages += 1
    return pages, total


def _number(path: Path) -> tuple[int, str]:
    return int(path.name.split("-")[0]), path.name


def _figures(total: scoring.Score) -> str:
    """Announcements, days with their beginning, training or not."""
    return f"{total.items.f1:.3f} {total.sessions.f1:.3f} {total.decided_right:.3f}"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", type=click.Choice(list(ALL)))
@click.option("--mistakes", is_flag=True)
def main(folder: Path, only: str | None, mistakes: bool) -> None:
    for name in [only] if only else ALL:
        _, before = scored(folder, ALL[name], is_altered=False)
        pages, after = scored(folder, ALL[name])
        click.echo(f"{name:24}{pages:4} pages  {_figures(before)}  then  {_figures(after)}")
        if mistakes:
            click.echo("\n".join(after.mistakes))


if __name__ == "__main__":
    main()
