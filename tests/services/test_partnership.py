from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.conftest import NOW
from tests.makers import make_partnership, make_terms
from tests.queries import counted
from webapp.errors import NotFound
from webapp.models import Partnership
from webapp.services import partnership

LATER = NOW + timedelta(hours=1)


def test_before_the_seeds_are_loaded_the_command_is_named(db):
    for ask in (partnership.get, partnership.current_terms):
        with pytest.raises(NotFound, match="flask --app wsgi seed"):
            ask()


def test_a_transaction_asks_once_and_the_next_one_sees_what_others_changed(db):
    make_partnership(cost="Free")
    with counted() as asked:
        assert partnership.get().cost == "Free"
        assert partnership.get() is partnership.get()
    assert sum("FROM partnership" in one for one in asked) == 1

    db.session.rollback()
    with db.engine.begin() as other:
        other.execute(update(Partnership).values(cost="£10"))

    assert partnership.get().cost == "£10"


def test_the_newest_version_of_the_terms_holds(db):
    make_terms(2, "Newer")
    make_terms(1, "Older")

    assert partnership.current_terms().body == "Newer"


def test_former_terms_are_kept_and_others_are_not_found(db):
    make_terms(1, "Older")
    make_terms(2, "Newer")

    assert partnership.terms(1).body == "Older"
    assert [terms.version for terms in partnership.versions_of_terms()] == [2, 1]
    for version in (0, 3, -1, 2**31, 10**30):
        with pytest.raises(NotFound):
            partnership.terms(version)


def test_a_changed_value_is_no_demonstration_value_any_more(db):
    ours = make_partnership(demonstration_values=["cost", "contact_phone", "offer_hours"])

    partnership.change(
        ours, {"contact_phone": "01904 1", "cost": "Free", "area": "York"}, now=LATER
    )
    db.session.commit()

    assert (ours.contact_phone, ours.area, ours.updated_at) == ("01904 1", "York", LATER)
    # The cost was saved as it stood: nobody has said that it is right.
    assert ours.demonstration_values == ["cost", "offer_hours"]


def test_a_value_that_is_right_as_it_stands_can_be_settled(db):
    ours = make_partnership(demonstration_values=["cost", "offer_hours"])

    partnership.change(ours, {"cost": "Free"}, settled=["cost"], now=LATER)
    db.session.commit()

    assert ours.demonstration_values == ["offer_hours"]
