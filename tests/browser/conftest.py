"""A real browser. Without Chromium these tests skip and say so; under CI they may not."""

import os
import shutil

import pytest

from tests.browser.stack import Stack
from tests.browser.visitor import Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# A browser that talks to nobody but us.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    """The browser itself; tests open contexts of their own in it."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here and is not installed.")
        pytest.skip("There is no Chromium on this machine.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """Web server, worker and mail server on the seeded programme, at nine on 17 April 2025."""
    running = Stack(tmp_path_factory.mktemp("stack"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def visit(chromium, stack, way):
    """Calling it opens a browser of a new visitor, with the settings in which `way` ends."""
    visitors = []

    def arrive():
        visitors.append(Visitor(chromium, stack, **way[-1]))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()
