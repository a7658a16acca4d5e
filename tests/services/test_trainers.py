from datetime import timedelta

from tests.conftest import NOW
from tests.makers import make_date, make_organiser
from webapp.models import RoleName
from webapp.services import trainers


def test_whoever_may_train_has_an_open_account_or_is_the_trainer_already(db):
    administrator = make_organiser(role=RoleName.ADMINISTRATOR, name="Adam")
    trainer = make_organiser(role=RoleName.TRAINER, name="Tess")
    organiser = make_organiser(role=RoleName.ORGANISER, name="Olive")
    make_organiser(role=RoleName.REPORTER, name="Rita")
    closed = make_organiser(role=RoleName.TRAINER, name="Cleo", active=False)

    assert trainers.choices(make_date()) == [administrator, organiser, trainer]
    with_closed = make_date(trainers=[closed])
    assert trainers.choices(with_closed) == [administrator, closed, organiser, trainer]


def test_feeds_learn_of_other_trainers_and_of_the_same_ones_nothing(db):
    one, other = make_organiser(), make_organiser()
    date = make_date()
    later, much_later = NOW + timedelta(hours=1), NOW + timedelta(hours=2)

    trainers.set_trainers(date, [other, one], now=later)
    assert (date.trainers, date.updated_at) == ([one, other], later)
    trainers.set_trainers(date, [one, other], now=much_later)
    assert date.updated_at == later
    trainers.set_trainers(date, [], now=much_later)
    assert (date.trainers, date.updated_at) == ([], much_later)
