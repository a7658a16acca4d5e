"""Which pictures may stand on every page."""

from struct import pack

import pytest

from webapp.errors import Refused
from webapp.formats.logos import LARGEST, PNG, SVG, checked


def png(width=100, height=50):
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + pack(">II", width, height) + bytes(20)


def svg(inside="", head="", root='xmlns="http://www.w3.org/2000/svg"'):
    return f"{head}<svg {root} viewBox='0 0 10 10'>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(), PNG),
        (png(2000, 2000), PNG),
        (svg("<path d='M0 0h10v10z'/>"), SVG),
        (svg(head='<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->'), SVG),
        (svg("<g style='fill:url(#a)'/><use href='#b'/><rect fill=\"url('#a')\"/>"), SVG),
        (svg("<style>.a { fill: red }</style>"), SVG),
        (svg("<image href='data:image/png;base64,iVBORw0KGgo='/>"), SVG),
        (svg("<x:view xmlns:x='http://www.inkscape.org/namespaces/inkscape' x:zoom='1'/>"), SVG),
        (b"\xef\xbb\xbf" + svg(), SVG),
    ],
)
def test_a_plain_picture_is_taken(content, kind):
    assert checked(content) == kind


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "must be a PNG or an SVG"),
        (b"GIF89a", "must be a PNG or an SVG"),
        (b"\x89PNG\r\n\x1a\n", "must be a PNG or an SVG"),
        (png(0, 5), "must be a PNG or an SVG"),
        (png(2001, 5), "at most 2000 pixels"),
        (png() + bytes(LARGEST), "smaller than 200 kB"),
        (b"<svg", "must be a PNG or an SVG"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "must be a PNG or an SVG"),
        (svg(root=""), "must be a PNG or an SVG"),
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg("<foreignObject/>"), "<foreignObject>"),
        (svg("<animate attributeName='href' to='javascript:x'/>"), "<animate>"),
        (svg("<a href='https://x.example'/>"), "<a>"),
        (svg("<b xmlns='http://www.w3.org/1999/xhtml'/>"), "parts of a web page"),
        (svg("<path onload='alert(1)'/>"), "“onload”"),
        (svg("<g ONCLICK='alert(1)'/>"), "“onclick”"),
        (svg("<use href='https://x.example/a.svg#b'/>"), "a link to somewhere else"),
        (
            svg(
                "<use x:href='//x.example/#b'/>",
                root="xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink'",
            ),
            "a link to somewhere else",
        ),
        (svg("<image href='data:image/svg+xml;base64,AAAA'/>"), "a link to somewhere else"),
        (svg("<rect fill='url(https://x.example/a)'/>"), "something fetched from elsewhere"),
        (svg("<rect fill=' url( //x.example/a)'/>"), "something fetched from elsewhere"),
        (svg("<style>@import 'https://x.example'</style>"), "a style that fetches something"),
        (svg(head="<!DOCTYPE svg>"), "a DOCTYPE"),
        (svg(head="<!doctype svg [<!ENTITY a 'aaaa'>]>"), "a DOCTYPE"),
        (svg(head="<?xml-stylesheet href='https://x.example'?>"), "<?…?>"),
        (svg(head="<?xml version='1.0' encoding='utf-7'?>"), "an encoding other than UTF-8"),
        (svg().decode().encode("utf-16"), "must be a PNG or an SVG"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(content, why):
    with pytest.raises(Refused) as refusal:
        checked(content)
    assert why in str(refusal.value)
