"""The scorer finds what is wrong, and nothing where all is right."""

import pytest

from tests.news.scoring import Case, Score


def session(day="2025-05-21", start="09:00", end="10:00", **more):
    return {
        "date": day,
        "md": None,
        "start": start,
        "end": end,
        "weekday_conflict": False,
        "year_inferred": False,
        **more,
    }


def item(title="Neglect Toolkit Briefing", *sessions, is_training=True, **more):
    return {"title": title, "is_training": is_training, "sessions": list(sessions), **more}


def scored(ours, theirs):
    total = Score()
    Case("case", ours, theirs, total).count()
    return total


def figures(tally):
    return tally.right, tally.wrong, tally.missed


def test_what_is_as_it_should_be_has_no_mistakes():
    page = [item("A course", session(), session("2025-06-04")), item("A form", is_training=False)]

    total = scored(page, page)

    assert (total.items.f1, total.sessions.f1, total.decided_right) == (1, 1, 1)
    assert total.mistakes == total.silent == total.years == []


def test_an_overlooked_announcement_misses_its_sessions_too():
    total = scored([], [item("A course", session())])

    assert figures(total.items) == figures(total.sessions) == (0, 0, 1)


def test_other_news_taken_for_training_is_a_wrong_decision():
    total = scored([item("A form", session())], [item("A form", is_training=False)])

    assert figures(total.items) == figures(total.sessions) == (0, 1, 0)
    assert total.decided_right == 0


def test_an_invented_announcement_is_a_wrong_decision():
    assert figures(scored([item("Quite another thing")], []).items) == (0, 1, 0)


def test_days_of_one_announcement_may_stand_in_two_items():
    one, other = session(), session("2025-06-04")
    ours = [item("Neglect", one), item("Summer", other)]

    total = scored(ours, [item("Neglect", one, other)])

    assert figures(total.items) == (1, 0, 0)
    assert figures(total.sessions) == (2, 0, 0)


def test_what_is_ambiguous_is_neither_right_nor_wrong():
    truth = [item("A group", session(), is_training=False, is_training_ambiguous=True)]

    for ours in ([], truth):
        assert figures(scored(ours, truth).items) == (0, 0, 0)


def test_another_time_is_another_session():
    total = scored([item("A", session(start="13:00"))], [item("A", session())])

    assert figures(total.sessions) == (0, 1, 1)


def test_another_end_is_the_same_session_but_not_the_whole_of_it():
    total = scored([item("A", session(end=None))], [item("A", session())])

    assert figures(total.sessions) == (1, 0, 0)
    assert figures(total.whole_sessions) == (0, 1, 1)


CONFLICT = session("2025-03-21", weekday_conflict=True, alt_dates=["2025-05-21"])


@pytest.mark.parametrize(
    ("ours", "is_silent", "right"),
    [
        (session("2025-03-21", weekday_conflict=True), False, 1),
        (session("2025-05-21", weekday_conflict=True), False, 1),
        (session("2025-05-21"), True, 0),
        (session("2025-03-21"), True, 1),
    ],
)
def test_a_weekday_that_does_not_fit_must_be_spoken_of(ours, is_silent, right):
    total = scored([item("A", ours)], [item("A", CONFLICT)])

    assert bool(total.silent) is is_silent
    assert total.sessions.right == right


@pytest.mark.parametrize(
    ("ours", "is_claimed"),
    [
        (session(None, md="05-21"), False),
        (session("2025-05-21", year_inferred=True), False),
        (session("2025-05-21"), True),
    ],
)
def test_a_year_nobody_can_know_must_not_be_claimed(ours, is_claimed):
    truth = session(None, md="05-21", alt_dates=["2025-05-21"])

    assert bool(scored([item("A", ours)], [item("A", truth)]).years) is is_claimed
