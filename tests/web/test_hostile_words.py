"""Words that would be a program stand in every column of text, and every page is visited."""

from collections import defaultdict

import pytest
from flask import url_for
from sqlalchemy import JSON, Text, cast, literal, update

from tests.browser import world as worlds
from tests.browser.walk.pages import (
    courses,
    dates,
    house,
    messages,
    news,
    papers,
    public,
    registers,
    way_in,
)
from tests.web.organiser.conftest import sign_in_as
from webapp.db import Base, Words

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
RUN = ("<script>alert", "<img src=x")
# What a program wrote and reads again, never a person: without it a page is not found.
NOT_WORDS = {
    *("slug", "uid", "message_id", "fs_uniquifier", "seed_key", "key", "code", "submission"),
    *("kind", "name_key", "password", "tf_primary_method", "tf_totp_secret", "version", "origin"),
    # These have to be addresses wherever a mail is written.
    *("contact_email", "data_protection_email", "lead_email"),
    *("email", "to", "manager_email", "new_email", "domain", "subject_key", "serial", "ending"),
}
FILES = {name.partition(".")[2] for name in papers.FILES}
# Of each page so many: the same words stand in all of them.
STATES = 2
ROOMS = (dates, courses, registers, papers, messages, house, news)
NOT_TABLES = {"role", "attempt"}
LISTS = {"outcomes", "topics", "address", "rooms", "former_names"}


def hostile():
    """Each table with what its columns of text are to say."""
    for table in Base.metadata.sorted_tables:
        said = {}
        for column in table.columns:
            free = not (column.primary_key or column.foreign_keys or column.name in NOT_WORDS)
            if free and isinstance(column.type, Words):
                # Some have to differ from row to row.
                number = cast(table.c.id, Text) if "id" in table.c else ""
                said[column.name] = literal(MARKUP, Text) + number
            elif free and isinstance(column.type, JSON) and column.name in LISTS:
                said[column.name] = [MARKUP]
        if said and table.name not in NOT_TABLES:
            yield table, said


@pytest.mark.slow
def test_no_page_runs_what_somebody_typed_wherever_it_was_kept(app, db):
    with app.test_request_context():
        world = worlds.build()
        asked = [("public", public.pages(world)), ("organiser", way_in.pages(world))]
        asked += [("organiser", room.pages(world)) for room in ROOMS]
        paths = defaultdict(list)
        for door, pages in asked:
            for page, _, values in pages:
                if page not in FILES:
                    paths[page].append(url_for(f"{door}.{page}", **values))
        administrator = world.administrator
        for table, said in hostile():
            db.session.execute(update(table).values(said))
        db.session.commit()
        db.session.refresh(administrator)
        client = sign_in_as(app.test_client(), administrator)
    shown = 0
    for path in [path for of_a_page in paths.values() for path in of_a_page[:STATES]]:
        page = client.get(path)
        assert page.status_code < 500, path
        assert not [word for word in RUN if word in page.text], path
        shown += "&lt;script&gt;alert(1)" in page.text
    assert shown > len(paths)
