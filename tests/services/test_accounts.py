import pytest
from sqlalchemy import update

from tests.conftest import NOW
from tests.makers import make_agency, make_organiser, make_partnership
from tests.people import kinds, mails, words
from webapp.errors import Refused
from webapp.models import Organiser, RoleName
from webapp.services import accounts, links, organisers
from webapp.services.accounts import Powers

EMAIL = "ann@partnership.example"
TRAINER = Powers(name="Ann Able", roles={RoleName.TRAINER})


@pytest.fixture
def me(db):
    make_partnership()
    return make_organiser("me@partnership.example", role=RoleName.ADMINISTRATOR)


def test_a_new_account_is_written_to_and_has_the_roles_chosen(me):
    agency = make_agency()
    both = Powers(name=None, roles={RoleName.REPORTER, RoleName.TRAINER}, agency=agency)
    ann = accounts.add("Ann@Partnership.Example", both, by=me, now=NOW)

    assert (ann.email, ann.agency) == (EMAIL, agency)
    assert ann.role_names == [RoleName.TRAINER, RoleName.REPORTER]
    assert kinds(EMAIL) == ["organiser_invited"]


def test_an_address_has_one_account(me):
    make_organiser(EMAIL)

    with pytest.raises(Refused, match="There is an account"):
        accounts.add(EMAIL, TRAINER, by=me, now=NOW)

    make_organiser("gone@partnership.example", active=False)
    with pytest.raises(Refused, match="open it again"):
        accounts.add("gone@partnership.example", TRAINER, by=me, now=NOW)


def test_only_a_reporter_is_of_an_agency(me):
    reporter = Powers(name=None, roles={RoleName.REPORTER}, agency=make_agency())
    ann = accounts.add(EMAIL, reporter, by=me, now=NOW)
    accounts.change(ann, TRAINER, by=me, now=NOW)

    assert ann.agency is None


def test_who_may_do_something_else_is_told(me):
    ann = make_organiser(EMAIL)
    accounts.change(ann, TRAINER, by=me, now=NOW)
    accounts.change(ann, Powers(name="Ann", roles={RoleName.TRAINER}), by=me, now=NOW)

    assert ann.role_names == [RoleName.TRAINER]
    assert kinds(EMAIL) == ["account_changed"]
    assert "Your account is now for: trainer." in words(mails(EMAIL)[0])


@pytest.mark.parametrize(
    "take_it_away",
    [
        lambda me: accounts.close(me, by=me),
        lambda me: accounts.change(me, TRAINER, by=me, now=NOW),
    ],
)
def test_nobody_stops_being_an_administrator_by_their_own_hand(me, take_it_away):
    with pytest.raises(Refused, match="so that there is always one"):
        take_it_away(me)

    assert me.active
    assert me.is_administrator


def test_of_two_administrators_who_close_each_other_s_account_one_stays(me, db):
    other = make_organiser(role=RoleName.ADMINISTRATOR)
    # As another process committed it, after we had read our own account.
    db.session.execute(
        update(Organiser).where(Organiser.id == me.id).values(active=False),
        execution_options={"synchronize_session": False},
    )

    assert me.active, "read before"
    with pytest.raises(Refused, match="no longer an administrator"):
        accounts.close(other, by=me)
    assert other.active


def test_an_account_opened_again_is_the_same_with_a_new_password_to_choose(me):
    ann = make_organiser(EMAIL, role=RoleName.TRAINER, password="three unlikely words")
    accounts.close(ann, by=me)
    assert organisers.with_password(EMAIL, "three unlikely words") is None

    accounts.open_again(ann, by=me, now=NOW)

    assert ann.active
    assert ann.role_names == [RoleName.TRAINER]
    assert kinds(EMAIL) == ["organiser_invited"]
    assert links.open_password(links.password_token(ann, NOW), NOW) == ann


def test_open_accounts_are_listed_before_closed_ones(me):
    make_organiser("z@x.example", name="ann")
    make_organiser("a@x.example", name="Aaron", active=False)

    assert [str(one) for one in accounts.listed_by_name().rows] == [
        "ann",
        "Olive Organiser",
        "Aaron",
    ]
