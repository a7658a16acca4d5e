"""HTML walked from beginning to end, and laid out as a browser without looks would show it."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from webapp.formats.news_markup import tamed
from webapp.formats.news_sheet import ASIDE_ROLES, ASIDES, BLOCKS, Drawn, Sheet

TAGS = "html|body|main|article|section|div|p|h[1-6]|ul|ol|li|table|tr|td"
OPENING = re.compile(f"<(?:!doctype html|{TAGS}|br)(?=[\\s/>])", re.IGNORECASE)
CLOSING = re.compile(f"</(?:{TAGS})\\s{{0,5}}>|<br", re.IGNORECASE)
LEFT_OUT = {"script", "style", "template", "noscript", "head", "nav", "select", "textarea", "del"}
LEFT_OUT |= {"dialog", "title", "-comment", "!doctype"}
LEFT_OUT_ROLES = {"navigation", "search", "menu", "menubar", "dialog", "alertdialog"}
UNSEEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all"
    r"|text-decoration[a-z-]{0,5}\s{0,3}:[^;]{0,40}line-through",
    re.IGNORECASE,
)
HEADING = "h1, h2, h3, h4, h5, h6"
CELLS = {"td", "th"}
# As many pieces make a cell of a table without heads a column of the page rather than a value.
COLUMN_PIECES = 3


def looks_like_it(text: str) -> bool:
    return bool(OPENING.search(text) and CLOSING.search(text))


def lines(page: str) -> tuple[str, list[Drawn]]:
    """The title of the document, or nothing, and its lines."""
    parser = LexborHTMLParser(tamed(page))
    heading = parser.css_first("head title")
    sheet = Sheet()
    if parser.body is not None:
        Walk(sheet).through(parser.body)
    return " ".join(heading.text().split()) if heading else "", sheet.finished()


@dataclass(frozen=True)
class Ends:
    """Where an element ends that was begun as this."""

    tag: str
    is_aside: bool
    # A point of a list, a row of data.
    is_point: bool = False
    is_row: bool = False


class Walk:
    """Every element as it begins and as it ends; without recursion, for pages nest deeply."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def through(self, body: LexborNode) -> None:
        still: list[LexborNode | Ends] = [body]
        while still:
            node = still.pop()
            if isinstance(node, Ends):
                self._end(node)
            elif node.tag == "-text":
                self.sheet.say(node.text_content or "")
            elif node.tag == "br":
                self.sheet.break_line()
            elif node.tag not in LEFT_OUT:
                about = node.attributes
                if not _is_hidden(about):
                    still.append(self._begin(node, about))
                    still.extend(reversed(_children(node)))
        self.sheet.end_line()

    def _begin(self, node: LexborNode, about: dict[str, str | None]) -> Ends:
        tag, sheet = str(node.tag), self.sheet
        is_aside = tag in ASIDES or about.get("role") in ASIDE_ROLES
        sheet.asides += is_aside
        if tag not in BLOCKS:
            return Ends(tag, is_aside)
        if sheet.row is not None:
            if tag in CELLS:
                sheet.begin_cell(_number(about.get("rowspan")), _number(about.get("colspan")))
            sheet.end_line()
            return Ends(tag, is_aside)
        if tag == "tr" and _is_data(node, is_reached=bool(sheet.tall)):
            sheet.begin_row()
            return Ends(tag, is_aside, is_row=True)
        sheet.begin(tag)
        is_point = tag == "li" and node.css_first(HEADING) is None
        if is_point:
            sheet.items += 1
            sheet.is_bullet = True
        return Ends(tag, is_aside, is_point=is_point)

    def _end(self, ends: Ends) -> None:
        sheet = self.sheet
        if ends.is_row:
            sheet.end_row()
        elif sheet.row is not None:
            sheet.end_cell() if ends.tag in CELLS else sheet.end_line()
        elif ends.tag in BLOCKS:
            sheet.end_line()
            sheet.items -= ends.is_point
            sheet.is_bullet = sheet.is_bullet and not ends.is_point
            sheet.end(ends.tag)
        sheet.asides -= ends.is_aside


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _is_hidden(about: dict[str, str | None]) -> bool:
    return bool(about) and (
        "hidden" in about
        or about.get("aria-hidden") == "true"
        or about.get("role") in LEFT_OUT_ROLES
        or UNSEEN.search(about.get("style") or "") is not None
    )


def _number(value: str | None) -> int:
    """Of rows or columns."""
    return int(value) if value and len(value) < 3 and value.isdecimal() else 1


def _is_data(row: LexborNode, *, is_reached: bool) -> bool:
    """Newsletters are laid out with tables: only a row whose cells are short is data."""
    cells = [child for child in _children(row) if child.tag in CELLS]
    table = _table(row)
    if (
        len(cells) < (1 if is_reached else 2)
        or table is None
        or table.attributes.get("role") == "presentation"
    ):
        return False
    if any(cell.css_first(f"{HEADING}, table") for cell in cells):
        return False
    return table.css_first("th") is not None or not any(
        len(cell.css("p, br, li, div")) >= COLUMN_PIECES for cell in cells
    )


def _table(row: LexborNode) -> LexborNode | None:
    above = row.parent
    while above is not None and above.tag in {"tbody", "thead", "tfoot"}:
        above = above.parent
    return above if above is not None and above.tag == "table" else None
