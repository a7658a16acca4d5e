"""HTML walked from beginning to end, and laid out as a browser without looks would show it."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from webapp.formats.news_markup import tamed
from webapp.formats.news_sheet import ASIDE_ROLES, ASIDES, BLOCKS, Drawn, Sheet

TAGS = "html|body|main|article|section|div|p|h[1-6]|ul|ol|li|table|tr|td"
OPENING = re.compile(f"<(?:!doctype html|(?:{TAGS}|br)\\b)[^<>]{{0,500}}>", re.IGNORECASE)
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


class Walk:
    """Every element as it begins and as it ends; without recursion, for pages nest deeply."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def through(self, body: LexborNode) -> None:
        still: list[tuple[LexborNode, bool]] = [(body, True)]
        while still:
            node, begins = still.pop()
            if not begins:
                self._end(node)
            elif node.tag == "-text":
                self.sheet.say(node.text_content or "")
            elif not _is_left_out(node):
                self._begin(node)
                still.append((node, False))
                still.extend((child, True) for child in reversed(_children(node)))
        self.sheet.end_line()

    def _begin(self, node: LexborNode) -> None:
        tag, sheet = str(node.tag), self.sheet
        if tag == "br":
            sheet.break_line()
        elif tag == "tr" and sheet.row is None and _is_data(node):
            sheet.begin_row()
        elif tag in BLOCKS and sheet.row is None:
            sheet.begin(tag)
            if tag == "li" and not _is_card(node):
                sheet.items += 1
                sheet.is_bullet = True
        elif tag in BLOCKS:
            sheet.end_line()
        sheet.asides += _is_aside(node)

    def _end(self, node: LexborNode) -> None:
        tag, sheet = str(node.tag), self.sheet
        if tag in CELLS and sheet.row is not None:
            sheet.end_cell()
        elif tag == "tr" and sheet.row is not None:
            sheet.end_row()
        elif tag in BLOCKS and sheet.row is None:
            sheet.end_line()
            if tag == "li" and not _is_card(node):
                sheet.items -= 1
                sheet.is_bullet = False
            sheet.end(tag)
        elif tag in BLOCKS:
            sheet.end_line()
        sheet.asides -= _is_aside(node)


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _is_left_out(node: LexborNode) -> bool:
    about = node.attributes
    return node.tag in LEFT_OUT or (
        bool(about)
        and (
            "hidden" in about
            or about.get("aria-hidden") == "true"
            or about.get("role") in LEFT_OUT_ROLES
            or bool(UNSEEN.search(about.get("style") or ""))
        )
    )


def _is_aside(node: LexborNode) -> bool:
    return node.tag in ASIDES or node.attributes.get("role") in ASIDE_ROLES


def _is_card(item: LexborNode) -> bool:
    """A list item with a heading is no point of a list but a box."""
    return item.css_first(HEADING) is not None


def _is_data(row: LexborNode) -> bool:
    """Newsletters are laid out with tables: only a row whose cells are short is data."""
    cells = [child for child in _children(row) if child.tag in CELLS]
    table = _table(row)
    if len(cells) < 2 or table is None or table.attributes.get("role") == "presentation":
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
