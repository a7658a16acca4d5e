"""Fields are drawn as the library draws them."""

import pytest
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea, GovTextInput
from selectolax.lexbor import LexborHTMLParser

from webapp.web import fields
from webapp.web.widgets import Line, Paragraphs, Tick

BY_LIBRARY = {Line: GovTextInput, Paragraphs: GovTextArea, Tick: GovCheckboxInput}


class Example(fields.Form):
    name = fields.line("Name", "Enter a name", hint="In full.", width="govuk-input--width-20")
    email = fields.email("Email <address>")
    story = fields.paragraphs("What happened?", rows=7, hint="In short.")
    more = fields.paragraphs("Anything else?")
    sure = fields.tick("I am sure", "Say that you are sure")


def drawn(form):
    """Every element with its attributes, and every word, in order; but for the hint of a box that
    has none, which the library draws all the same."""
    page = LexborHTMLParser("".join(str(field()) for field in form))
    found = []
    for node in page.body.traverse(include_text=True):
        if node.tag == "-text":
            found += node.text_content.split()
        elif node.attributes.get("id") != "sure-hint":
            described = (node.attributes.get("aria-describedby") or "").replace("sure-hint", "")
            found.append((node.tag, {**node.attributes, "aria-describedby": described.strip()}))
    return found


@pytest.mark.parametrize("wrong", [False, True], ids=["fine", "refused"])
def test_a_field_is_drawn_as_the_library_draws_it(app, wrong):
    with app.test_request_context():
        form = Example(data={"name": 'Ann "A" <b>', "story": "<b>One</b>\ntwo", "sure": True})
        for field in form:
            field.errors = [f"Say {field.name} & more"] if wrong else []
        ours = drawn(form)
        for field in form:
            field.widget = BY_LIBRARY.get(type(field.widget), type(field.widget))()

        assert ours == drawn(form)
        assert ("label", {"class": "govuk-label", "for": "name", "aria-describedby": ""}) in ours
