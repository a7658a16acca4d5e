from datetime import time

import pytest
from sqlalchemy import select

from tests.web.reading import links, main, typed, wrong
from webapp.formats.words import clock_time
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
OF_OUR_OWN = ("id", "demonstration_values", "updated_at", "mail_words", "forgotten_at")
OFFERS = {"offer_hours": "24", "first_to_take_hours": "0"}
HOURS = "Working hours a freed place is kept for somebody must be a number from 1 to 200"


def ticked(page, name):
    boxes = main(page).all("input", type="checkbox")
    chosen = [box for box in boxes if "checked" in box.attributes]
    return [box["value"] for box in chosen if box["name"] == name]


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
    assert columns - set(OF_OUR_OWN) <= fields


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
    as_administrator.post("/organiser/settings/rules", data=OFFERS)
    assert (ours(db).offer_hours, ours(db).first_to_take_hours) == (24, 0)


def test_the_partnership_says_when_its_people_are_at_work(as_administrator, db):
    work = {"working_days": ["0", "5"], "work_begins": "7.30am", "work_ends": "midday"}
    as_administrator.post("/organiser/settings/work", data=work)
    kept = ours(db)
    assert kept.working_days == [0, 5]
    assert (kept.work_begins, kept.work_ends) == (time(7, 30), time(12))
    said = main(as_administrator.get("/organiser/settings")).text
    assert "Monday and Saturday" in said
    assert "7.30am" in said


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
        ("rules", {**OFFERS, "offer_hours": "0"}, {"offer_hours": HOURS}),
        ("rules", {**OFFERS, "offer_hours": "9" * 50}, {"offer_hours": HOURS}),
        ("rules", {**OFFERS, "offer_hours": "two"}, {"offer_hours": HOURS}),
        (
            "rules",
            {"first_to_take_hours": "0"},
            {"offer_hours": "Enter the working hours a freed place is kept for somebody"},
        ),
        (
            "work",
            {"working_days": "0", "work_begins": "9am", "work_ends": "9am"},
            {"work_ends": "Enter a time after the one you begin"},
        ),
        (
            "work",
            {"work_begins": "nine", "work_ends": ""},
            {
                "working_days": "Tick at least one day",
                "work_begins": "From must be a time, such as 9.30am or 13:30",
                "work_ends": "Enter when work ends, such as 5pm",
            },
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(as_administrator, db, group, sent, said):
    answer = as_administrator.post(f"/organiser/settings/{group}", data=sent)

    assert wrong(answer) == said
    assert (ours(db).offer_hours, ours(db).accent_colour) == (16, "#00594c")
    for field in said.keys() - {"working_days"}:
        assert typed(answer, field) == sent.get(field, "").strip()


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_a_form_with_what_is_kept_now(as_administrator, group, partnership):
    page = as_administrator.get(f"/organiser/settings/{group}")
    _, form = GROUPS[group]
    names = [name for name in set(Partnership.__table__.columns.keys()) if hasattr(form, name)]
    assert names
    for name in names:
        kept = getattr(partnership, name)
        if name == "reminder_days":
            assert typed(page, name) == "14, 5"
        elif name == "managers_told_since":
            assert typed(page, name) is False
        elif isinstance(kept, list):
            assert ticked(page, name) == [str(one) for one in kept]
        else:
            shown = clock_time(kept) if isinstance(kept, time) else str(kept)
            assert str(typed(page, name)) == shown


def test_there_are_no_other_groups(as_administrator):
    assert as_administrator.get("/organiser/settings/nonsense").status_code == 404


@pytest.mark.parametrize("path", ["settings", "settings/partnership"])
def test_organisers_who_are_no_administrators_may_not(signed_in, path):
    assert signed_in.get(f"/organiser/{path}").status_code == 403
