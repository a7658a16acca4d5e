"""HTML made harmless before it is taken apart: no tricks that cost a parser minutes."""

import re

from webapp.errors import Refused

TOO_DEEP = "The markup of this page is too deep to take apart. Copy its words and paste them instead."
DEEPEST = 400
# A style or two is kept; a tag with a book in it keeps its name alone.
LONGEST_TAG = 2000
TAG = re.compile(r"/?([a-z][a-z0-9]{0,30})", re.IGNORECASE)
KEPT = {"head", "title", "script", "style", "template", "noscript", "main", "nav", "header"}
KEPT |= {"footer", "article", "section", "aside", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6"}
KEPT |= {"ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
KEPT |= {"pre", "blockquote", "form", "fieldset", "figure", "figcaption", "address", "details"}
KEPT |= {"summary", "br", "hr", "del", "time", "abbr", "sup", "select", "textarea", "dialog", "dl"}
# Whatever is not kept is a plain stretch of text to us, and a parser need not mend its nesting.
OTHERS = {"s": "del", "strike": "del", "dt": "div", "dd": "div", "svg": "template", "math": "span"}
BARE = {"html", "body"}
WITHOUT_END = {"br", "hr"}
# These end where the next one begins, so that many of them are no depth.
LEAVES = {"p", "li", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "body", "head"}
GONE = {"img", "input", "link", "meta", "base", "wbr", "source", "col", "area", "embed", "param"}
# Nothing that begins before one of these ends inside it.
WALLS = {"table", "template", "select", "caption"}


def tamed(page: str) -> str:
    """The same page with the tags that matter. Refused where they nest without end."""
    first, *pieces = page.split("<")
    depth: list[str] = []
    written = [first]
    for piece in pieces:
        match = TAG.match(piece)
        if match is None:
            written.append("<" + piece)
            continue
        name, inside, rest = _taken_apart(match[1].lower(), piece, match.end())
        if not name:
            written.append(rest)
            continue
        is_end = piece.startswith("/")
        _count(depth, name, is_end=is_end)
        written.append(f"</{name}>{rest}" if is_end else f"<{name}{inside}>{rest}")
    return "".join(written)


def _taken_apart(tag: str, piece: str, at: int) -> tuple[str, str, str]:
    """The tag's name here, what stands inside its brackets, and the text after it."""
    inside, bracket, rest = piece[at:].partition(">")
    if not bracket:
        # A bracket inside a quoted value: the tag goes on in the next piece.
        inside, rest = "", ""
    is_closed = inside.endswith("/")
    if tag in GONE:
        return "", "", rest
    name = OTHERS.get(tag, tag if tag in KEPT or tag in BARE else "span")
    if is_closed and name == "template":
        return "", "", rest
    if name in BARE or len(inside) > LONGEST_TAG:
        inside = ""
    return name, inside, rest


def _count(depth: list[str], name: str, *, is_end: bool) -> None:
    """Keep the names of what is open; an end closes the nearest of its name and all in it."""
    if name in WITHOUT_END:
        return
    if not is_end:
        if name not in LEAVES:
            depth.append(name)
        if len(depth) > DEEPEST:
            raise Refused(TOO_DEEP)
        return
    for index in range(len(depth) - 1, -1, -1):
        if depth[index] == name:
            del depth[index:]
            return
        if depth[index] in WALLS or (name in LEAVES and depth[index] != "span"):
            break
    if name in LEAVES:
        while depth and depth[-1] == "span":
            depth.pop()
