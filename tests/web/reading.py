"""Reading a page as its visitor does: its title, its words, what is wrong, what is still typed."""

import re
from html import unescape
from html.parser import HTMLParser

INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "time", "wbr"}
# What a form is sent back with, so that no other site's page can send it.
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
# The form in the words that a change was made.
UNDO = "app-undo-change"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Element:
    def __init__(self, name, attributes, parent):
        self.name, self.attributes, self.parent = name, attributes, parent
        self.parts = []

    def __getitem__(self, attribute):
        return self.attributes[attribute]

    def get(self, attribute):
        return self.attributes.get(attribute)

    @property
    def text(self):
        """All words inside, with the white space of the source drawn together."""
        return " ".join(self._words().split())

    @property
    def written(self):
        """The same with its lines as they are, but for the one that HTML takes away."""
        return self._words()[1:-1].removeprefix("\n")

    def _words(self):
        inside = "".join(p if isinstance(p, str) else p._words() for p in self.parts)
        return inside if self.name in INLINE else f" {inside} "

    def all(self, name=None, **attributes):
        """Every element inside of this name and with these attributes (`class_` means: among)."""
        found = []
        for part in self.parts:
            if isinstance(part, Element):
                if part._is(name, attributes):
                    found.append(part)
                found.extend(part.all(name, **attributes))
        return found

    def one(self, name=None, **attributes):
        [found] = self.all(name, **attributes)
        return found

    def _is(self, name, attributes):
        among = attributes.get("class_")
        rest = {key: value for key, value in attributes.items() if key != "class_"}
        return (
            (name is None or self.name == name)
            and (among is None or among in (self.get("class") or "").split())
            and all(self.get(key) == value for key, value in rest.items())
        )


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("document", {}, None)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {key: value or "" for key, value in attrs}, self.here)
        self.here.parts.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.here.name == tag, f"</{tag}> closes <{self.here.name}>"
        self.here = self.here.parent

    def handle_data(self, data):
        if self.here.name not in {"script", "style"}:
            self.here.parts.append(data)


def read(response):
    """The page as a tree. A tag that is closed in the wrong place fails the test."""
    builder = _Builder()
    builder.feed(response.text)
    assert builder.here is builder.root, f"<{builder.here.name}> is never closed"
    return builder.root


def main(response):
    return read(response).one("main")


def title(response):
    return read(response).one("title").text


def heading(response):
    return read(response).one("h1").text


def wrong(response):
    """What the summary says is wrong, as {field id: sentence}; each is beside its field, too."""
    page = read(response)
    found = {}
    for summary in page.all(class_="govuk-error-summary__list"):
        for link in summary.all("a"):
            field = link["href"].removeprefix("#")
            found[field] = link.text
            beside = page.one(id=f"{field}-error").text
            assert beside == f"Error: {link.text}"
            assert f"{field}-error" in _described_by(page.one(id=field))
    assert title(response).startswith("Error: ") == bool(found)
    return found


def _described_by(element):
    """What describes a field: named by itself, or by the group of boxes around it."""
    named = []
    while element is not None:
        named.extend((element.get("aria-describedby") or "").split())
        element = element.parent
    return named


def typed(response, field):
    """What stands in a field of the page."""
    element = main(response).one(id=field)
    if element.get("type") == "checkbox":
        return "checked" in element.attributes
    return _standing_in(element)


def filled_in(response, **changes):
    """What a browser sends when the page's form is filled in so: the rest as it stands there."""
    [form] = [form for form in main(response).all("form") if form.get("class") != UNDO]
    boxes = [e for e in form.all() if e.name in {"input", "select", "textarea"} and e.get("name")]
    sent = {}
    for box in boxes:
        if box.get("type") in {"checkbox", "radio"} and "checked" not in box.attributes:
            continue
        said = box.written if box.name == "textarea" else _standing_in(box)
        sent.setdefault(box["name"], []).append(said)
    return {**sent, **changes}


def _standing_in(box):
    if box.name == "textarea":
        return box.text
    if box.name == "select":
        return next((o["value"] for o in box.all("option") if "selected" in o.attributes), "")
    return box.get("value") or ""


def buttons(response):
    return [button.text for button in main(response).all("button")]


def links(response):
    return {link.text: link.get("href") for link in main(response).all("a")}


def without_secrets(response):
    """The page's bytes without what differs at every answer: the CSRF token and the nonce."""
    text = re.sub(r'name="csrf_token" type="hidden" value="[^"]*"', "", response.text)
    text = re.sub(r'(id="csrf_token" )?name="csrf_token"[^>]*', "", text)
    return unescape(re.sub(r'nonce="[^"]*"', "", text))
