import pytest
from sqlalchemy import select

from tests.web.reading import links, main, typed, wrong
from webapp.models import AuditLine, Partnership
from webapp.web.organiser.settings import GROUPS

NAMES = {
    "name": "Anytown Safeguarding Children Partnership",
    "service_name": "Training",
    "area": "Anytown",
    "website_url": "https://partnership.example",
    "news_url": "https://partnership.example/news",
    "accent_colour": "#00594c",
}


def ours(db):
    db.session.expire_all()
    return db.session.scalars(select(Partnership)).one()


def test_the_settings_show_every_value_and_mark_those_of_the_demonstration(
    as_administrator, partnership, db
):
    partnership.demonstration_values = ["cost"]
    db.session.commit()

    page = as_administrator.get("/organiser/settings")
    rows = {row.one("dt").text: row.one("dd").text for row in main(page).all("dl")[2].all("div")}
    assert rows["What it costs"] == "Free Demonstration value"
    assert "Demonstration value" not in rows["Who may come"]
    assert links(page)["Change the partnership"] == "/organiser/settings/partnership"


def test_every_column_that_may_be_a_demonstration_value_has_a_field():
    fields = {name for _, form in GROUPS.values() for name in dir(form)}
    columns = set(Partnership.__table__.columns.keys())
    assert columns - {"id", "demonstration_values", "updated_at", "mail_words"} <= fields


def test_saving_changes_the_values_and_takes_their_marks_away(
    as_administrator, administrator, partnership, db
):
    partnership.demonstration_values = ["name", "cost"]
    db.session.commit()
    answer = as_administrator.post(
        "/organiser/settings/partnership", data={**NAMES, "service_name": "Learn together"}
    )

    assert answer.location.endswith("/organiser/settings")
    assert ours(db).service_name == "Learn together"
    assert ours(db).demonstration_values == ["cost"]
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("changed the settings", "The partnership")
    assert line.organiser_id == administrator.id
    assert "Learn together" in as_administrator.get("/").text


def test_numbers_are_kept_as_numbers(as_administrator, db):
    as_administrator.post("/organiser/settings/rules", data={"offer_hours": "24"})
    assert ours(db).offer_hours == 24


@pytest.mark.parametrize(
    ("group", "sent", "said"),
    [
        (
            "partnership",
            {**NAMES, "accent_colour": "#ffdd00"},
            {
                "accent_colour": "White text on #ffdd00 is hard to read: its contrast is 1.3 to 1,"
                " and 4.5 is the least. Choose a darker colour"
            },
        ),
        (
            "partnership",
            {**NAMES, "accent_colour": "red; background: url(//x)"},
            {"accent_colour": "Enter the colour as # and six digits, such as #00594c"},
        ),
        (
            "partnership",
            {**NAMES, "name": " ", "website_url": "javascript:alert(1)"},
            {
                "name": "Enter the name of the partnership",
                "website_url": "Website must be an address that begins with https://",
            },
        ),
        ("rules", {"offer_hours": "0"}, {"offer_hours": "Hours must be a number from 1 to 336"}),
        (
            "rules",
            {"offer_hours": "9" * 50},
            {"offer_hours": "Hours must be a number from 1 to 336"},
        ),
        ("rules", {"offer_hours": "two"}, {"offer_hours": "Hours must be a number from 1 to 336"}),
        ("rules", {}, {"offer_hours": "Enter the number of hours"}),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(as_administrator, db, group, sent, said):
    answer = as_administrator.post(f"/organiser/settings/{group}", data=sent)

    assert wrong(answer) == said
    assert (ours(db).offer_hours, ours(db).accent_colour) == (48, "#00594c")
    for field in said:
        assert typed(answer, field) == sent.get(field, "").strip()


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_a_form_with_what_is_kept_now(as_administrator, group, partnership):
    page = as_administrator.get(f"/organiser/settings/{group}")
    _, form = GROUPS[group]
    names = [name for name in set(Partnership.__table__.columns.keys()) if hasattr(form, name)]
    assert names
    for name in names:
        assert str(typed(page, name)) == str(getattr(partnership, name))


def test_there_are_no_other_groups(as_administrator):
    assert as_administrator.get("/organiser/settings/nonsense").status_code == 404


@pytest.mark.parametrize("path", ["settings", "settings/partnership"])
def test_organisers_who_are_no_administrators_may_not(signed_in, path):
    assert signed_in.get(f"/organiser/{path}").status_code == 403
