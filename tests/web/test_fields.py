"""What every form does with what people type."""

import unicodedata

import pytest
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectChoice

from webapp.web import fields


class Example(fields.Form):
    name = fields.line("Name", "Enter a name", most=10)
    email = fields.email("Email (optional)")
    phone = fields.phone("Phone (optional)")
    story = fields.paragraphs("What happened? (optional)", most=20)
    place = fields.choice("Place", "Choose a place")
    other = fields.choice("Other place (optional)")
    colour = fields.radios("Colour", "Choose a colour", [SelectChoice("red"), SelectChoice("blue")])
    sure = fields.tick("I am sure", "Say that you are sure")


RIGHT = {"name": "Ann", "place": "1", "colour": "red", "sure": "y"}


@pytest.fixture
def fill_in(app):
    """Fill in the form; what it then holds and what it says is wrong."""

    def filled(**other):
        with app.test_request_context(method="POST"):
            form = Example(MultiDict({**RIGHT, **other}))
            form.place.choices = {1: "Here", 2: "There"}
            form.other.choices = {"Far": {3: "Yonder"}}
            form.validate()
            return form

    return filled


def test_what_is_right_is_taken(fill_in):
    form = fill_in(email="Ann@X.org", phone="+44 1632 960001", story="One\r\ntwo", other="3")

    assert form.errors == {}
    assert (form.name.data, form.email.data, form.story.data) == ("Ann", "ann@x.org", "One\ntwo")
    assert (form.place.data, form.other.data, form.sure.data) == (1, 3, True)


def test_what_nobody_types_is_written_as_the_library_writes_it(app):
    class Hidden(fields.Form):
        terms = HiddenField()
        other = HiddenField()

    app.config["WTF_CSRF_ENABLED"] = True
    with app.test_request_context():
        form = Hidden(data={"terms": '1"><script>'})
        assert form.hidden_tag() == FlaskForm.hidden_tag(form)
        assert form.hidden_tag().count("<input") == 3
    app.config["WTF_CSRF_ENABLED"] = False


def test_an_empty_answer_is_none_and_an_optional_one_is_no_error(fill_in):
    form = fill_in(email="  ", phone="", story="\x00\u202e")

    assert form.errors == {}
    assert form.email.data is form.phone.data is form.story.data is form.other.data is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "\x00", "Enter a name"),
        ("name", "x" * 11, "Name must be 10 characters or fewer"),
        ("email", "ann", fields.NOT_AN_EMAIL),
        ("email", "ann@bücher.example", fields.NOT_AN_EMAIL),
        ("email", "=?utf-8?q?=0abcc?=@x.org", fields.NOT_AN_EMAIL),
        ("email", "a@x.org, b@x.org", fields.NOT_AN_EMAIL),
        ("phone", "-------", fields.NOT_A_PHONE),
        ("phone", "123456", fields.NOT_A_PHONE),
        ("story", "x" * 21, "Your answer must be 20 characters or fewer"),
        ("place", "", "Choose a place"),
        ("place", "3", "Choose a place"),
        ("place", "9" * 30, "Choose a place"),
        ("place", "None", "Choose a place"),
        ("other", "1", "Choose other place from the list"),
        ("colour", "green", "Choose a colour"),
        ("sure", "", "Say that you are sure"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(fill_in, field, value, sentence):
    assert fill_in(**{field: value}).errors == {field: [sentence]}


def test_a_line_is_one_line(fill_in):
    assert fill_in(name="Ann\r\n \u2028 B").name.data == "Ann B"


@given(st.text())
def test_nothing_unseen_is_kept_and_cleaning_twice_changes_nothing(text):
    clean = fields.cleaned(text)

    assert clean == fields.cleaned(clean)
    kept = {letter for letter in clean or "" if unicodedata.category(letter) == "Cc"}
    assert kept <= {"\n", "\t"}


@pytest.mark.parametrize("text", ["شكرا", "👩🏽‍🏫", "O'Brien", "Ängström", "नमस्ते"])
def test_letters_of_every_language_are_kept(text):
    assert fields.cleaned(text) == text
