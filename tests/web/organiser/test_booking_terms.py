"""A further version of the booking terms: written, looked at, published."""

import pytest
from sqlalchemy import select

from tests.makers import make_terms
from tests.web.reading import heading, links, main, typed, wrong
from webapp.models import AuditLine, BookingTerms

URL = "/organiser/settings/terms"


@pytest.fixture(autouse=True)
def _terms(partnership):
    make_terms(1, "Come, or tell us.")


def versions(db):
    db.session.expire_all()
    return {terms.version: terms.body for terms in db.session.scalars(select(BookingTerms))}


def test_writing_begins_with_the_words_in_force(as_administrator):
    page = as_administrator.get(URL)
    assert typed(page, "body") == "Come, or tell us."
    assert URL in links(as_administrator.get("/organiser/settings")).values()


def test_the_preview_shows_the_new_words_and_publishes_nothing(as_administrator, db):
    page = as_administrator.post(URL, data={"body": "Tell us.\n\nSoon.", "after": "1"})

    assert heading(page) == "Preview of the booking terms"
    assert [part.text for part in main(page).one(class_="govuk-inset-text").all("p")] == [
        "Tell us.",
        "Soon.",
    ]
    assert main(page).one("textarea").written == "Tell us.\n\nSoon."
    assert versions(db) == {1: "Come, or tell us."}


def test_one_may_go_on_writing_after_the_preview(as_administrator):
    sent = {"body": "Tell us.", "after": "1", "change": "yes"}
    page = as_administrator.post(URL, data=sent)
    assert heading(page) == "Booking terms"
    assert typed(page, "body") == "Tell us."


def test_published_they_are_a_further_version_and_the_old_one_stays(
    as_administrator, administrator, db
):
    sent = {"body": "Tell us.", "after": "1", "publish": "yes"}
    assert as_administrator.post(URL, data=sent).location == "/organiser/settings"

    assert versions(db) == {1: "Come, or tell us.", 2: "Tell us."}
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("published booking terms", "version 2")
    assert "Tell us." in main(as_administrator.get("/terms")).text
    assert "Come, or tell us." in main(as_administrator.get("/terms?version=1")).text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"body": ""}, "Enter the terms"),
        (
            {"body": "Come, or tell us."},
            "These are the words in force already. Change them before you publish",
        ),
        (
            {"after": "0"},
            "Somebody has published version 1 meanwhile. Read it, then start anew.",
        ),
        ({"after": "x"}, "Somebody has published version 1 meanwhile. Read it, then start anew."),
        ({"body": "x" * 20_001}, "The terms must be 20,000 characters or fewer"),
    ],
)
def test_what_cannot_be_published_is_refused_with_what_was_typed(as_administrator, db, sent, said):
    sent = {"body": "Tell us.", "after": "1", "publish": "yes", **sent}
    page = as_administrator.post(URL, data=sent)

    assert wrong(page) == {"body": said}
    assert typed(page, "body") == sent["body"]
    assert list(versions(db)) == [1]


def test_sent_twice_it_is_published_once(as_administrator, db):
    sent = {"body": "Tell us.", "after": "1", "publish": "yes"}
    as_administrator.post(URL, data=sent)
    as_administrator.post(URL, data=sent)
    assert list(versions(db)) == [1, 2]
