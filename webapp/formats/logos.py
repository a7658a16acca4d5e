"""The partnership's logo: which pictures may be one, and what they are sent as.

An SVG is a document that browsers open by itself, so it has to be a drawing and nothing more: no
script, nothing fetched from elsewhere, no part that a browser and we might read differently.
"""

import re
from struct import unpack
from xml.etree import ElementTree

from webapp.errors import Refused

LARGEST = 200_000
# In pixels: it is shown at a twentieth of that.
WIDEST = 2000
PNG, SVG = "image/png", "image/svg+xml"
NOT_A_LOGO = "The logo must be a PNG or an SVG picture"
TOO_LARGE = f"The logo must be smaller than {LARGEST // 1000} kB"
TOO_WIDE = f"The logo must be at most {WIDEST} pixels wide and high"
DOES_MORE = (
    "This SVG holds something besides the drawing: {}. Save it as “plain SVG”, or send a PNG"
)
SIGNATURE = b"\x89PNG\r\n\x1a\n"
DECLARATION = re.compile(r"<\?xml\s[^?]*\?>")
ENCODING = re.compile(r"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
PLAIN = "http://www.w3.org/2000/svg"
DRAWS = {
    *("svg", "g", "defs", "symbol", "use", "switch", "style", "title", "desc", "metadata"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"),
    *("text", "tspan", "textPath"),
    *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"),
}
PICTURE_INSIDE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
FETCHES = re.compile(r"@import|javascript:|expression\(|url\((?!\s*[\"']?\s*#)", re.IGNORECASE)


def checked(content: bytes) -> str:
    """The type it is sent as. Raises Refused for what is no logo."""
    if not content:
        raise Refused(NOT_A_LOGO)
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    if content.startswith(SIGNATURE):
        _check_png(content)
        return PNG
    _check_svg(content)
    return SVG


def _check_png(content: bytes) -> None:
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise Refused(NOT_A_LOGO)
    width, height = unpack(">II", content[16:24])
    if not 0 < width <= WIDEST or not 0 < height <= WIDEST:
        raise Refused(TOO_WIDE if width and height else NOT_A_LOGO)


def _check_svg(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(NOT_A_LOGO) from None
    declared = DECLARATION.match(text)
    body = text[declared.end() :] if declared else text
    if declared and ENCODING.search(declared[0]):
        raise Refused(DOES_MORE.format("an encoding other than UTF-8"))
    # Before anything is parsed: entities may grow without end.
    for sign, what in (("<!DOCTYPE", "a DOCTYPE"), ("<!ENTITY", "entities"), ("<?", "<?…?>")):
        if sign.lower() in body.lower():
            raise Refused(DOES_MORE.format(what))
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no entity has come this far
    except ElementTree.ParseError:
        raise Refused(NOT_A_LOGO) from None
    if root.tag != f"{{{PLAIN}}}svg":
        raise Refused(NOT_A_LOGO)
    for element in root.iter():
        _check_element(element)


def _check_element(element: ElementTree.Element) -> None:
    namespace, _, name = element.tag.rpartition("}")
    if namespace == f"{{{PLAIN}" and name not in DRAWS:
        raise Refused(DOES_MORE.format(f"<{name}>"))
    if namespace != f"{{{PLAIN}" and "xhtml" in namespace.lower():
        raise Refused(DOES_MORE.format("parts of a web page"))
    if name == "style" and FETCHES.search(element.text or ""):
        raise Refused(DOES_MORE.format("a style that fetches something"))
    for attribute, value in element.attrib.items():
        called = attribute.rpartition("}")[2].lower()
        if called.startswith("on"):
            raise Refused(DOES_MORE.format(f"“{called}”"))
        is_inside = value.startswith("#") or PICTURE_INSIDE.fullmatch(value)
        if called in {"href", "src"} and not is_inside:
            raise Refused(DOES_MORE.format("a link to somewhere else"))
        if called not in {"href", "src"} and FETCHES.search(value):
            raise Refused(DOES_MORE.format("something fetched from elsewhere"))
