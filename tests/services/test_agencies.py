"""Where people can say they work, and what an email's domain suggests."""

import pytest

from tests.makers import make_agency, make_sector, save
from webapp.errors import NotFound
from webapp.models import EmailDomain
from webapp.services import agencies


def test_sectors_and_agencies_come_in_the_order_people_are_shown(db):
    second, first = make_sector(name="Health", position=2), make_sector(name="Police", position=1)
    make_agency("Another", sector=second, position=999)
    make_agency("B hospital", sector=second, position=1)
    make_agency("A hospital", sector=second, position=1)

    shown = [(s.name, [agency.name for agency in s.agencies]) for s in agencies.sectors()]

    assert shown == [(first.name, []), ("Health", ["A hospital", "B hospital", "Another"])]
    offered = agencies.choices()
    assert [(sector, list(names.values())) for sector, names in offered.items()] == shown
    assert agencies.get(next(iter(offered["Health"]))).name == "A hospital"


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("ann@nhs.example", "NHS"),
        ("ann@trust.nhs.example", "Trust"),
        ("ANN@WARD.TRUST.NHS.EXAMPLE", "Trust"),
        ("ann@other.nhs.example", "NHS"),
        ("ann@notnhs.example", None),
        ("ann@example", None),
        ("ann", None),
        ("", None),
    ],
)
def test_the_longest_domain_suggests_the_agency(db, email, name):
    for agency, domain in (("NHS", "nhs.example"), ("Trust", "trust.nhs.example")):
        save(EmailDomain(agency=make_agency(agency), domain=domain))

    found = agencies.suggested(email)

    assert (found and found.name) == name


@pytest.mark.parametrize("key", [999, 0, -1, 2**31, 10**30])
def test_an_agency_that_is_gone_is_not_found(db, key):
    assert agencies.get(make_agency("Here").id).name == "Here"
    with pytest.raises(NotFound):
        agencies.get(key)
