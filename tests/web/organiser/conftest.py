"""Organisers at their desks: `signed_in` is the client of one who may see the lists."""

import time

import pytest

from tests.makers import make_organiser, make_partnership
from webapp.models import RoleName


def sign_in_as(client, organiser):
    """Give this client the session of somebody who has just signed in."""
    with client.session_transaction() as session:
        session["_user_id"] = organiser.fs_uniquifier
        session["_fresh"] = True
        session["fs_paa"] = time.time()
    return client


@pytest.fixture
def partnership(db):
    return make_partnership()


@pytest.fixture
def organiser(partnership):
    return make_organiser()


@pytest.fixture
def administrator(partnership):
    return make_organiser(role=RoleName.ADMINISTRATOR)


@pytest.fixture
def signed_in(client, organiser):
    return sign_in_as(client, organiser)


@pytest.fixture
def as_administrator(client, administrator):
    return sign_in_as(client, administrator)
