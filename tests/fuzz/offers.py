"""What a page offers whoever reads it: addresses to follow, and forms with what stands in them."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

Field = tuple[str, str]
# The address of a page of ours, whichever of them tells it.
HOUSE = "http://localhost"


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page; `files` are the names of what can be uploaded with it."""

    method: str
    path: str
    fields: tuple[Field, ...]
    choices: dict[str, tuple[str, ...]]
    files: tuple[str, ...]


def on(page: str, at: str) -> tuple[list[str], list[Form]]:
    """The paths that this page leads to within the house, and its forms."""
    tree = LexborHTMLParser(page)
    links = [_path(link.attributes["href"] or "", at) for link in tree.css("a[href]")]
    forms = [_form(form, at) for form in tree.css("form")]
    return [link for link in links if link], [form for form in forms if form.path]


def _path(address: str, at: str) -> str:
    """What it leads to, as path and query; nothing when that is elsewhere."""
    parts = urlsplit(urljoin(HOUSE + at, address))
    ours = f"{parts.scheme}://{parts.netloc}" == HOUSE
    return (parts.path + (f"?{parts.query}" if parts.query else "")) if ours else ""


def _form(form: LexborNode, at: str) -> Form:
    fields: list[Field] = []
    choices: dict[str, tuple[str, ...]] = {}
    files: list[str] = []
    for box in form.css("input[name], select[name], textarea[name], button[name]"):
        name, kind = box.attributes["name"] or "", box.attributes.get("type")
        if kind == "file":
            files.append(name)
        elif box.tag == "select":
            values = tuple(o.attributes.get("value") or "" for o in box.css("option"))
            chosen = box.css_first("option[selected]")
            fields.append((name, (chosen and chosen.attributes.get("value")) or ""))
            choices[name] = values
        elif box.tag == "textarea":
            fields.append((name, box.text()))
        else:
            value = box.attributes.get("value") or ""
            choices[name] = (*choices.get(name, ()), value)
            if kind not in {"checkbox", "radio"} or "checked" in box.attributes:
                fields.append((name, value))
    method = (form.attributes.get("method") or "get").upper()
    return Form(
        method, _path(form.attributes.get("action") or at, at), tuple(fields), choices, tuple(files)
    )
