"""Other ways to lay a page out that mean the same: each page differs in these from the next."""

import html
import re
import textwrap
from collections.abc import Callable, Iterator

from tests.news import scoring

Alter = Callable[[str, list[scoring.Json]], str]

BULLET = re.compile(r"(?m)^([ \t]*)(?:[•*·▪◦‣–-]|\uf0b7)[ \t]+(?=\S)")
LABEL = re.compile(
    r"(?im)^([ \t]*(?:[•*·-] )?(?:date|time|session time|venue|location|where|when|cost|price|fee"
    r"|trainer|speaker|session lead|target audience|audience|booking|duration)s?):[ \t]*(?=[^\s/])"
)
FURNITURE = (
    "Skip to main content\n\nHome\nAbout us\nNews\nTraining\nPolicies and procedures\n"
    "Contact us\n\nSearch this site\n\n",
    "\n\nShare this page\n\nFacebook\nTwitter\nLinkedIn\n\nContact us\n\n"
    "Safeguarding Partnership, County Hall, High Street\nTelephone: 01632 960 001\n\n"
    "Privacy notice\nCookies\nAccessibility statement\n© 2024 All rights reserved\n",
)


def _lines(page: str) -> list[str]:
    return [line.rstrip() for line in page.split("\n")]


def _titles(truth: list[scoring.Json]) -> dict[str, bool]:
    """Each title as it may stand on a line, and whether it is training."""
    each = ((name, item) for item in truth for name in (item["title"], *item.get("title_alt", [])))
    return {scoring.plain(name): item["is_training"] for name, item in each}


def _is_title(line: str, titles: dict[str, bool]) -> bool:
    return not BULLET.match(line) and scoring.plain(line) in titles


def without_gaps(page: str, _: list[scoring.Json]) -> str:
    return re.sub(r"\n\s*\n+", "\n", page)


def gaps_everywhere(page: str, _: list[scoring.Json]) -> str:
    return re.sub(r"\n+", "\n\n", page)


def other_bullets(page: str, _: list[scoring.Json]) -> str:
    """As a word processor leaves them."""
    return BULLET.sub("§ ", page)


def no_bullets(page: str, _: list[scoring.Json]) -> str:
    return BULLET.sub("", page)


def dashes_for_colons(page: str, _: list[scoring.Json]) -> str:
    return LABEL.sub(r"\1 - ", page)


def labels_on_lines(page: str, _: list[scoring.Json]) -> str:
    return LABEL.sub(r"\1:\n", page)


def labels_apart(page: str, _: list[scoring.Json]) -> str:
    """As a list of terms is copied: no colon, its value on the next line."""
    return LABEL.sub(r"\1\n", page)


def titles_in_capitals(page: str, truth: list[scoring.Json]) -> str:
    titles = _titles(truth)
    return "\n".join(each.upper() if _is_title(each, titles) else each for each in _lines(page))


def wrapped(page: str, _: list[scoring.Json]) -> str:
    def wrap(line: str) -> str:
        if "|" in line or "\t" in line:
            return line
        return textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False)

    return "\n".join(map(wrap, _lines(page)))


def with_links(page: str, truth: list[scoring.Json]) -> str:
    """ "Book here" or "Read more" at the end of each announcement."""
    titles, found, last = _titles(truth), list[str](), ""
    for line in _lines(page):
        if _is_title(line, titles) and scoring.plain(line) != last:
            found += ["Book here" if titles[last] else "Read more", ""] if last else []
            last = scoring.plain(line)
        found.append(line)
    return "\n".join(found)


def ruled_off(page: str, truth: list[scoring.Json]) -> str:
    titles, found = _titles(truth), list[str]()
    for line in _lines(page):
        found += ["", "-----", "", line] if _is_title(line, titles) else [line]
    return "\n".join(found)


def with_furniture(page: str, _: list[scoring.Json]) -> str:
    return FURNITURE[0] + page + FURNITURE[1]


def cell_by_cell(page: str, _: list[scoring.Json]) -> str:
    def apart(line: str) -> str:
        if not (" | " in line or "\t" in line.strip()):
            return line
        return "\n".join(cell.strip() for cell in re.split(r"[|\t]", line) if cell.strip(" -:"))

    return "\n".join(map(apart, _lines(page)))


def _marked_up(
    page: str, titles: dict[str, bool], title: str, line: str = "{}<br>", box: str = "<p>{}</p>"
) -> str:
    """Paragraphs, lists and tables as a page's editor makes them."""
    found = list[str]()
    for paragraph in re.split(r"\n\s*\n+", page.strip()):
        run = list[str]()
        for written in _lines(paragraph):
            text, kind = html.escape(written.strip(), quote=False), line
            if BULLET.match(written):
                kind, text = "<li>{}</li>", BULLET.sub("", text)
            elif " | " in written or "\t" in written.strip():
                cells = (cell.strip() for cell in re.split(r"[|\t]", text.strip("| ")))
                kind, text = "<tr>{}</tr>", "".join(f"<td>{cell}</td>" for cell in cells)
            elif _is_title(written, titles):
                kind = title
            run.append(kind.format(text))
        for is_in, group in _runs(run):
            found.append(is_in.format("\n".join(group)) if is_in else box.format("\n".join(group)))
    return "<!doctype html><html><body><main>\n" + "\n".join(found) + "\n</main></body></html>"


def _runs(run: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Points in a list, rows in a table, headings by themselves, the rest in a paragraph."""
    kinds = {"<li": "<ul>{}</ul>", "<tr": "<table>{}</table>", "<h": "{}", "<p": "{}"}
    group, last = list[str](), ""
    for each in run:
        kind = next((made for begin, made in kinds.items() if each.startswith(begin)), "")
        if group and kind != last:
            yield last, group
            group = []
        group, last = [*group, each], kind
    if group:
        yield last, group


def as_paragraphs(page: str, truth: list[scoring.Json]) -> str:
    return _marked_up(page, {}, "")


def as_headings(page: str, truth: list[scoring.Json]) -> str:
    return _marked_up(page, _titles(truth), "<h3>{}</h3>")


def as_bold(page: str, truth: list[scoring.Json]) -> str:
    return _marked_up(page, _titles(truth), "<p><strong>{}</strong></p>")


def as_boxes(page: str, truth: list[scoring.Json]) -> str:
    return _marked_up(page, _titles(truth), "<p>{}</p>", line="<div>{}</div>", box="<div>{}</div>")


def as_one_paragraph(page: str, truth: list[scoring.Json]) -> str:
    """Everything parted by line ends alone."""
    lines = (html.escape(line, quote=False) for line in _lines(page))
    return "<html><body><div>" + "<br>\n".join(lines) + "</div></body></html>"


PLAIN: tuple[Alter, ...] = (
    without_gaps, gaps_everywhere, other_bullets, no_bullets, dashes_for_colons, labels_on_lines,
    labels_apart, titles_in_capitals, wrapped, with_links, ruled_off, with_furniture, cell_by_cell,
    as_paragraphs, as_headings, as_bold, as_boxes, as_one_paragraph,
)  # fmt: skip


def _unmarked(page: str, between: str, cell: str) -> str:
    """The page's words as they are copied from a browser."""
    page = re.sub(
        r"(?is)<!--.*?-->|<(script|style|head|nav|select|template|s|del)\b.*?</\1>", "", page
    )
    page = re.sub(
        r"(?is)<(span|div|p|li)[^>]*(?:display:\s*none|\bhidden\b)[^>]*>.*?</\1>", "", page
    )
    page = re.sub(r"(?i)<li\b[^>]*>", "\n• ", re.sub(r"\s+", " ", page))
    page = re.sub(r"(?i)</t[dh]>\s*<t[dh]\b[^>]*>", cell, page)
    blocks = "p|div|h[1-6]|ul|ol|table|article|section|dl|footer|header|aside|main|blockquote"
    page = re.sub(rf"(?i)</?(?:{blocks})\b[^>]*>", between, page)
    page = re.sub(r"(?i)<(?:br|/?tr|dt|dd|/li)\b[^>]*>", "\n", page)
    lines = html.unescape(re.sub(r"<[^>]+>", "", page)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def copied(page: str, _: list[scoring.Json]) -> str:
    return _unmarked(page, "\n\n", " | ")


def copied_close(page: str, _: list[scoring.Json]) -> str:
    return re.sub(r"\n+", "\n", _unmarked(page, "\n", "\t"))


def copied_cell_by_cell(page: str, _: list[scoring.Json]) -> str:
    return _unmarked(page, "\n\n", "\n")


def headings_as_paragraphs(page: str, _: list[scoring.Json]) -> str:
    return re.sub(r"(?i)<(/?)h[1-6]\b([^>]*)>", r"<\1p\2>", page)


def points_as_paragraphs(page: str, _: list[scoring.Json]) -> str:
    return re.sub(r"(?i)<(/?)li\b([^>]*)>", r"<\1p\2>", re.sub(r"(?i)</?[uo]l\b[^>]*>", "", page))


MARKED_UP: tuple[Alter, ...] = (
    copied, copied_close, copied_cell_by_cell, headings_as_paragraphs, points_as_paragraphs,
)  # fmt: skip
