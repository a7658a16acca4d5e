"""Lists that lost their lines: trainings in one paragraph, each with its day behind a colon."""

import pytest

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_run_on

LIST = (
    "Seeing Neglect and Hunger (child): 6 th May 2025. Thresholds – Help in Time: 8 th May 2025. "
    "Chairing Well: Core Module: 13th May 2025 – 0900- 1300* "
)
PARAGRAPH = (
    "Issue No. 12 3 rd April 2025 Follow us for more. Virtual course dates Places are left. "
    f"{LIST}* PLEASE NOTE: one of these is enough."
)


def test_each_stands_on_a_line_of_its_own():
    found = [PARAGRAPH[first:last] for first, last in news_run_on.apart(PARAGRAPH)]

    assert found == [
        "Issue No. 12 3 rd April 2025 Follow us for more. Virtual course dates Places are left.",
        "Seeing Neglect and Hunger (child): 6 th May 2025.",
        "Thresholds – Help in Time: 8 th May 2025.",
        "Chairing Well: Core Module: 13th May 2025 – 0900- 1300* *",
        "PLEASE NOTE: one of these is enough.",
    ]


def test_each_is_a_training_on_its_day_and_the_issue_is_none():
    assert trainings(f"Partnership news\n\n{PARAGRAPH}\n") == [
        ("Seeing Neglect and Hunger (child)", [6]),
        ("Thresholds – Help in Time", [8]),
        ("Chairing Well: Core Module", [13]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Seeing Neglect: 6 May 2025. Chairing Well: 8 May 2025.",
        "We met the board on: 6 May 2025, which was full of news about what is done in the town, "
        "and then again: 8 May 2025. It was good of them to say: 13 May 2025.",
        "Forms by: 6 May 2025. Money by: 8 May 2025. Keys by: 13 May 2025.",
        "Nothing here has a day.",
    ],
)
def test_any_other_line_stays_whole(text):
    assert news_run_on.apart(text) == []
