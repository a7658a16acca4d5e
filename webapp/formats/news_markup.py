"""HTML made harmless before it is taken apart: no tricks that cost a parser minutes."""

import re

from webapp.errors import Refused

TOO_DEEP = "This page's markup is too deep to take apart. Copy its words and paste them instead."
DEEPEST = 400
# A style or two is kept; a tag with a book in it keeps its name alone.
LONGEST_TAG = 2000
# Up to the bracket that is in no quoted value.
TAG = re.compile(
    r"(?P<end>/?)(?P<name>[a-z][a-z0-9]{0,30})(?P<inside>(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|(?P<end_>/?)(?P<name_>[a-z][a-z0-9]{0,30})(?P<inside_>[^>]*+)>?",
    re.IGNORECASE,
)
OPEN_QUOTE = ("end_", "name_", "inside_")
INLINE = {"span", "del", "time", "abbr", "sup"}
BLOCKS = {"div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "pre"}
BLOCKS |= {"main", "nav", "header", "footer", "article", "section", "aside", "blockquote", "form"}
BLOCKS |= {"fieldset", "figure", "figcaption", "address", "details", "summary", "dialog"}
TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
UNREAD = {"head", "title", "script", "style", "template", "noscript", "select", "textarea"}
WITHOUT_END = {"br", "hr"}
BARE = {"html", "body"}
KEPT = INLINE | BLOCKS | TABLES | UNREAD | WITHOUT_END | BARE
# Whatever is not kept is a plain stretch of text to us, and a parser need not mend its nesting.
OTHERS = {"s": "del", "strike": "del", "svg": "template"}
GONE = {"img", "input", "link", "meta", "base", "wbr", "source", "col", "area", "embed", "param"}

# Which of these end where another begins, and what they are looked for behind: None is anything.
POINTS = INLINE | {"p", "div", "address"}
CELLS = ({"td", "th"}, None)
ENDED_BY: dict[str, tuple[set[str], set[str] | None]] = {
    "p": ({"p"}, None),
    "li": ({"li"}, POINTS),
    "dt": ({"dt", "dd"}, POINTS),
    "dd": ({"dt", "dd"}, POINTS),
    "tr": ({"tr"}, None),
    "td": CELLS,
    "th": CELLS,
}
# Nothing that begins before one of these ends inside it.
WALLS = {"table", "template", "select", "caption"}


def tamed(page: str) -> str:
    """The same page with the tags that matter. Refused where they nest without end."""
    first, *pieces = page.split("<")
    opened: list[str] = []
    written = [first]
    for piece in pieces:
        tag = TAG.match(piece)
        written.append(_tag(tag, opened) + piece[tag.end() :] if tag else "<" + piece)
    return "".join(written)


def _tag(tag: re.Match[str], opened: list[str]) -> str:
    """The tag as we want it, or nothing; `opened` keeps the names of what it stands in."""
    end, found, inside = tag.group(*(("end", "name", "inside") if tag["name"] else OPEN_QUOTE))
    found = found.lower()
    if found in GONE:
        return ""
    name = OTHERS.get(found, found if found in KEPT else "span")
    if end:
        _end(opened, {name}, None)
        return f"</{name}>"
    if inside.endswith("/") and name == "template":
        return ""
    _begin(opened, name)
    return f"<{name}>" if name in BARE or len(inside) > LONGEST_TAG else f"<{name}{inside}>"


def _begin(opened: list[str], name: str) -> None:
    if name in WITHOUT_END | BARE:
        return
    if name in ENDED_BY:
        _end(opened, *ENDED_BY[name])
    opened.append(name)
    if len(opened) > DEEPEST:
        raise Refused(TOO_DEEP)


def _end(opened: list[str], names: set[str], behind: set[str] | None) -> None:
    """End the nearest of these names, with all in it, as a browser would."""
    for index in range(len(opened) - 1, -1, -1):
        if opened[index] in names:
            del opened[index:]
            return
        if opened[index] in WALLS or (behind is not None and opened[index] not in behind):
            return
