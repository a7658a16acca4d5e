"""The list of agencies changes, and what was counted stays counted."""

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_organiser,
    make_sector,
    make_terms,
    save,
)
from webapp.errors import Refused
from webapp.models import Agency, Booking, EmailDomain, RepeatedTry, Sector
from webapp.services import agencies, agency_lists


def domains(agency):
    return sorted(domain.domain for domain in agency.email_domains)


def test_a_renamed_agency_keeps_its_bookings_and_is_known_by_what_it_was(db):
    agency = make_agency("Anytown PCT")
    booking = make_booking(agency=agency)

    agency_lists.change(agency, "Anytown ICB", ["icb.example"])
    agency_lists.change(agency, "Anytown Health", ["icb.example"])
    db.session.commit()

    assert booking.agency.name == "Anytown Health"
    assert agency.former_names == ["Anytown PCT", "Anytown ICB"]
    assert agency_lists.known_as("Anytown PCT", agency.sector) is agency
    agency_lists.change(agency, "Anytown PCT", [])
    assert agency.former_names == ["Anytown ICB", "Anytown Health"]
    assert domains(agency) == []


def test_a_new_agency_stands_behind_the_others_and_before_another(db):
    sector = make_sector()
    make_agency("Another police force", sector=sector, position=999)
    make_agency("Anytown Police", sector=sector, position=1)
    db.session.expire_all()

    agency_lists.add(sector, "Otherton Police", ["otherton.police.example"])
    db.session.commit()

    shown = [agency.name for agency in agencies.sectors()[0].agencies]
    assert shown == ["Anytown Police", "Otherton Police", "Another police force"]
    assert agencies.suggested("bob@otherton.police.example").name == "Otherton Police"


def test_no_name_is_twice_in_a_sector_and_no_domain_twice_in_the_list(db):
    sector = make_sector(name="Police")
    one = make_agency("Anytown Police", sector=sector)
    two = make_agency("Otherton Police", sector=sector)
    save(EmailDomain(agency=one, domain="police.example"))
    db.session.expire_all()

    with pytest.raises(Refused, match="an agency of this name"):
        agency_lists.add(sector, "anytown police", [])
    with pytest.raises(Refused, match="an agency of this name"):
        agency_lists.change(two, "Anytown Police", [])
    with pytest.raises(Refused, match=r"police\.example belongs to Anytown Police already"):
        agency_lists.change(two, "Otherton Police", ["police.example"])
    with pytest.raises(Refused, match="a sector of this name"):
        agency_lists.add_sector("POLICE")


def test_a_sector_is_added_at_the_end_and_renamed_without_its_key(db):
    make_sector(name="Police", position=4)
    added = agency_lists.add_sector("Faith groups")
    twin = agency_lists.add_sector("Faith: groups")
    agency_lists.rename_sector(added, "Faith")
    db.session.commit()

    assert [s.name for s in agencies.sectors()] == ["Police", "Faith", "Faith: groups"]
    assert (added.slug, twin.slug) == ("faith-groups", "faith-groups-1")


def test_merging_moves_everything_to_the_other_agency(db):
    old, new = make_agency("Old Trust"), make_agency("New Trust")
    save(EmailDomain(agency=old, domain="old.example"))
    for _ in range(2):
        make_booking(agency=old)
    mine = make_booking(agency=new)
    reporter = make_organiser(agency_id=old.id)
    terms = make_terms()
    tried = save(
        RepeatedTry(
            course_date_id=mine.course_date_id,
            submission="form",
            at=NOW,
            terms_id=terms.id,
            answers={"agency": old.id, "name": "Ann"},
        )
    )
    db.session.expire_all()
    foreseen = agency_lists.would_move(old)

    moved = agency_lists.merge(old, new, now=NOW)
    db.session.commit()

    assert moved == foreseen == agency_lists.Moved(2, 2, ["old.example"], 1)
    assert set(db.session.scalars(select(Booking.agency_id))) == {new.id}
    assert db.session.scalars(select(Agency.name)).all() == ["New Trust"]
    assert (reporter.agency_id, tried.answers["agency"]) == (new.id, new.id)
    assert domains(new) == ["old.example"]
    assert agency_lists.known_as("Old Trust", db.session.scalars(select(Sector)).first()) is new


def test_an_agency_is_not_merged_with_itself(db):
    agency = make_agency()
    with pytest.raises(Refused, match="itself"):
        agency_lists.merge(agency, agency, now=NOW)
