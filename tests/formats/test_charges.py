from datetime import UTC, datetime, timedelta

import pytest

from webapp.formats import charges
from webapp.models import CourseDate, CourseDay, Length, Policy, Tariff

STARTS = datetime(2025, 5, 1, 9, tzinfo=UTC)
ENDS = datetime(2025, 4, 24, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
EXCUSED = "Illness and operational duty are excused"
FREE = "and sending a colleague is free"


def policy(**facts):
    return Policy(**{"cut_off": ENDS, "starts_at": STARTS, "least": 5000, "most": 5000, **facts})


def rule(now=ENDS - HOUR, **facts):
    return charges.rule(policy(**facts), now)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, f"After that it counts as late. {EXCUSED}."),
        ({"for_late": True, "least": 0, "most": 0}, f"After that it counts as late. {EXCUSED}."),
        ({"for_late": True}, f"After that, there is a charge of £50. {EXCUSED}, {FREE}."),
        (
            {"for_late": True, "for_absence": True},
            f"After that, or if you do not come, there is a charge of £50. {EXCUSED}, {FREE}.",
        ),
        (
            {"for_absence": True},
            "After that it counts as late. If you do not come, there is a charge of £50."
            f" {EXCUSED}, {FREE}.",
        ),
    ],
)
def test_people_are_told_until_when_they_can_cancel_and_what_it_costs_then(facts, said):
    assert rule(**facts) == f"You can cancel until the end of Thursday 24 April 2025. {said}"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Giving the place up counts as late now."),
        ({"for_late": True}, "If you give the place up now, there is a charge of £50."),
        (
            {"for_late": True, "for_absence": True},
            "If you give the place up now, or do not come, there is a charge of £50.",
        ),
    ],
)
def test_once_it_is_too_late_they_are_told_so(facts, said):
    begins = "The time for cancelling without being late is over."
    assert rule(ENDS, **facts).startswith(f"{begins} {said} {EXCUSED}")


def test_where_one_can_cancel_until_the_start_only_absence_costs():
    assert rule(cut_off=STARTS, for_late=True) == "You can cancel until it starts."
    said = rule(cut_off=STARTS, for_late=True, for_absence=True)
    assert said.startswith("You can cancel until it starts. If you do not come, there is a charge")
    assert rule(cut_off=None) == ""


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (3550, 3550, "a charge of £35.50"),
        (3500, 9000, "a charge of £35 to £90, by kind of organisation"),
        (0, 120005, "a charge of up to £1,200.05, by kind of organisation"),
    ],
)
def test_a_price_is_one_or_a_range(least, most, words):
    assert charges.price(policy(least=least, most=most)) == words


@pytest.mark.parametrize(
    ("hours", "length"),
    [
        ([4], Length.HALF_DAY),
        ([4.25], Length.DAY),
        ([2, 2], Length.SEVERAL_DAYS),
        ([], Length.HALF_DAY),
    ],
)
def test_a_date_is_half_a_day_a_day_or_several(hours, length):
    days = [CourseDay(starts_at=STARTS, ends_at=STARTS + HOUR * long) for long in hours]
    assert Length.of(CourseDate(all_days=days)) is length


def test_a_sector_without_an_amount_of_its_own_has_that_of_all_and_may_be_free():
    amounts = {"all": {"day": 5000}, "7": {"day": 9000, "half_day": 100}, "8": {"day": 0}}
    tariff = Tariff(amounts=amounts)
    assert [tariff.pence(sector, Length.DAY) for sector in (7, 8, 9)] == [9000, 0, 5000]
    assert tariff.pence(9, Length.HALF_DAY) == 0
