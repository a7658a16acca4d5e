import pytest

from tests.makers import make_date, make_partnership
from webapp.web import addresses
from webapp.web.addresses import address
from webapp.web.words import static


@pytest.mark.parametrize("number", ["0", "-1", "9" * 9, 2**31, 2**63, "9" * 40, "1.0", "\u0661"])
@pytest.mark.parametrize("page", ["", ".ics", "/book", "/written"])
def test_no_number_in_an_address_is_a_fault_of_ours(client, number, page):
    make_partnership()

    assert client.get(f"/dates/{number}{page}").status_code == 404


def test_a_number_that_is_a_row_opens_its_page(client):
    make_partnership()

    assert client.get(f"/dates/{make_date().id}").status_code == 200


def test_a_static_file_is_below_the_path_that_the_house_stands_at(app):
    for root in ("", "/training", ""):
        with app.test_request_context(environ_overrides={"SCRIPT_NAME": root}):
            assert static("app.css").startswith(f"{root}/static/app.css?v=")


def test_templates_write_the_addresses_of_where_the_house_stands(app):
    for root in ("", "/training", ""):
        with app.test_request_context("/contact", environ_overrides={"SCRIPT_NAME": root}):
            assert address("public.contact") == f"{root}/contact"
            assert address("public.date", date_id=3) == f"{root}/dates/3"
            assert address("public.contact", _anchor="us") == f"{root}/contact#us"


def test_an_address_without_values_is_looked_for_once_and_not_on_every_page(app, monkeypatch):
    asked = []
    monkeypatch.setattr(addresses, "url_for", lambda *said, **_: asked.append(said) or "/there")
    addresses._page.cache_clear()
    with app.test_request_context("/"):
        assert [address("public.terms") for _ in range(3)] == ["/there"] * 3
    addresses._page.cache_clear()
    assert asked == [("public.terms",)]
