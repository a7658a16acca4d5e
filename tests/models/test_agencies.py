import pytest

from webapp.models import Agency


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A primary school", True),
        ("An academy trust", True),
        ("Another health organisation", True),
        ("Anytown Council", False),
        ("Academy of York", False),
    ],
)
def test_an_agency_knows_whether_its_name_stands_for_many(name, expected):
    assert Agency(name=name).stands_for_many is expected
