"""A list of many pages says in its title which of them this is."""

import re
from pathlib import Path

import pytest

import webapp
from tests.web.reading import heading, title
from webapp.services import paging

TEMPLATES = Path(webapp.__file__).parent / "templates"
PAGED = {
    path.relative_to(TEMPLATES): found
    for path in TEMPLATES.rglob("*.html")
    if (found := set(re.findall(r"\{\{ pages\((\w+), ", path.read_text())))
}


@pytest.mark.parametrize("template", PAGED, ids=str)
def test_whatever_is_paged_has_its_page_in_its_title(template):
    [found] = PAGED[template]
    assert (
        f"{{% block turn %}}{{{{ turn({found}) }}}}{{% endblock %}}"
        in (TEMPLATES / template).read_text()
    )


def test_there_are_such_lists_behind_both_doors():
    assert {path.parts[0] for path in PAGED} == {"organiser", "public"}


def test_an_organisers_title_says_it_and_the_heading_does_not(signed_in, monkeypatch):
    first = title(signed_in.get("/organiser/courses"))
    assert first.startswith("Courses – ")
    monkeypatch.setattr(paging.Page, "pages", 3)
    many = signed_in.get("/organiser/courses")
    assert title(many).startswith("Courses (page 1 of 3) – ")
    assert heading(many) == "Courses"
