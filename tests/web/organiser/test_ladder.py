from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.web.reading import UNDO, filled_in, heading, links, main, typed, wrong
from webapp import clock
from webapp.models import AuditLine, LadderStep, Step

URL = "/organiser/settings/missed-places"
MONTHS = "Months that count for the note to the person"
MISSES = "Missed places that lead to the letter to the line manager"


def kept(db):
    db.session.expire_all()
    steps = db.session.scalars(select(LadderStep).order_by(LadderStep.id))
    return {one.step: (one.misses, one.months, one.since) for one in steps}


def save(client, **said):
    return client.post(URL, data=filled_in(client.get(URL), **said))


def test_the_settings_lead_to_what_follows_a_missed_place(as_administrator, partnership):
    page = as_administrator.get("/organiser/settings")
    assert links(page)["What follows a missed place"] == URL
    page = as_administrator.get(URL)
    assert heading(page) == "Missed places"
    assert main(page).text.count(" Off ") == 4
    assert (typed(page, "person_misses"), typed(page, "person_months")) == ("0", "12")


def test_each_letter_can_be_read_beforehand(as_administrator, partnership):
    page = as_administrator.get(URL)
    for kind, of in {
        "note": "the note to the person",
        "manager": "the letter to the line manager",
        "lead": "the letter to the agency",
    }.items():
        letter = as_administrator.get(links(page)[f"Read and change its words: {of}"])
        assert "How often" in main(letter).text or kind == "note"
        assert "Anytown Training Team" in main(letter).text


def test_a_step_counts_from_when_it_was_switched_on(
    as_administrator, administrator, partnership, db, monkeypatch
):
    save(as_administrator, person_misses="1", manager_misses="2", manager_months="6")
    assert kept(db) == {Step.PERSON: (1, 12, NOW), Step.MANAGER: (2, 6, NOW)}
    page = as_administrator.get(URL)
    assert "On What was missed since 9am on Thursday 17 April 2025" in main(page).text
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("changed the settings", "Missed places")

    later = NOW + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    save(as_administrator, person_misses="2", manager_misses="0")
    assert kept(db) == {Step.PERSON: (2, 12, NOW), Step.MANAGER: (0, 6, NOW)}
    save(as_administrator, manager_misses="2")
    assert kept(db)[Step.MANAGER] == (2, 6, later)


def test_what_was_changed_can_be_undone(as_administrator, partnership, db):
    save(as_administrator, person_misses="1")
    page = as_administrator.get(URL)
    as_administrator.post(main(page).one("form", class_=UNDO)["action"])
    assert kept(db) == {}


@pytest.mark.parametrize("typed_in", ["-1", "21", "two", "1.5", "9" * 20])
def test_a_number_that_cannot_be_is_refused_and_kept_in_its_field(
    as_administrator, partnership, db, typed_in
):
    page = save(as_administrator, person_misses="1", manager_misses=typed_in, person_months="0")
    assert wrong(page) == {
        "person_months": f"{MONTHS} must be a number from 1 to 36",
        "manager_misses": f"{MISSES} must be a number from 0 to 20",
    }
    assert typed(page, "manager_misses") == typed_in
    assert kept(db) == {}
    assert wrong(save(as_administrator, manager_misses="")) == {
        "manager_misses": f"Enter the {MISSES.lower()}"
    }
