import pytest

from webapp.formats.search import speaks_of

SAID = [
    "Harmful Sexual Behaviour",
    "100% of what José said",
    "children\N{RIGHT SINGLE QUOTATION MARK}s care",
    "safe_and_together",
    "ΟΔΟΣ",
]


@pytest.mark.parametrize(
    "typed",
    [
        "harmful",
        "BEHAVIOUR sexual",
        "jose",
        "JOSÉ",
        "100%",
        "safe_and",
        "οδος",
        "children's",
        "  said ",
    ],
)
def test_what_is_there_is_found(typed):
    assert speaks_of(typed, SAID)


@pytest.mark.parametrize(
    "typed", ["harmless", "harmful police", "%harm", "safe%together", "h_rmful"]
)
def test_what_is_not_there_is_not_found(typed):
    assert not speaks_of(typed, SAID)
