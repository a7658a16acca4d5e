"""What every story of an invitation needs: a partnership, and the reader that runs in Node."""

import pytest

from tests.people import settle_in
from tests.readers.node import Reader

pytest.register_assert_rewrite("tests.readers.story")


@pytest.fixture(scope="session")
def node():
    reader = Reader()
    yield reader
    reader.close()


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    settle_in()
