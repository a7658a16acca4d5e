"""Goes through pages in a browser and writes down what is wrong with each of them."""

import os
import re
import threading
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from flask import url_for
from werkzeug.serving import make_server

from tests.browser import world

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
PICTURES = os.environ.get("SCREENSHOTS")
# A state that ends so is looked at, and then once more with its form sent empty.
AND_PRESSED = " and pressed"
VIOLATIONS = """axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(v =>
    `${v.id}: ${v.help} ${JSON.stringify(v.nodes.slice(0, 3).map(node => node.target))}`))"""
# Read out of their place, two links that say the same have to lead to the same.
SAY_THE_SAME = """() => {
    const leads = {}
    for (const link of document.querySelectorAll("main a[href]")) {
        const words = link.textContent.replace(/\\s+/g, " ").trim()
        leads[words] = (leads[words] ?? new Set()).add(link.href)
    }
    return Object.keys(leads).filter(words => leads[words].size > 1)
}"""
EMPTIED = """form => {
    form.noValidate = true
    form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea")
        .forEach(field => field.value = "")
    form.querySelectorAll("[type=radio], [type=checkbox]").forEach(box => box.checked = false)
    form.querySelectorAll("select").forEach(list => list.value = "")
}"""


@contextmanager
def served(app):
    """The address at which this process answers for the app."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


class Walker:
    def __init__(self, page, address):
        self.page, self.address = page, address
        self.wrong, self.seen = [], set()
        page.on("console", self._listen)

    def _listen(self, message):
        # The browser says so of every answer that is not a 200, as many here rightly are.
        if message.type == "error" and "status of" not in message.text:
            self.wrong.append(f"{self.page.url}: {message.text}")

    def walk(self, door, pages):
        """Look at (endpoint, state, address values)."""
        for endpoint, state, values in pages:
            self.go(f"{door}.{endpoint}", state, url_for(f"{door}.{endpoint}", **values))

    def go(self, endpoint, state, path, *, status=None):
        answer = self.page.goto(self.address + path)
        self.seen.add(endpoint)
        if answer.status != status and (status or answer.status >= 500):
            self.wrong.append(f"{path}: {answer.status}")
        plainly = state.removesuffix(AND_PRESSED)
        self.look(f"{endpoint} {plainly}")
        if plainly != state:
            self.press()
            self.look(f"{endpoint} {plainly} pressed")

    def press(self):
        """Send the page's form with nothing in it, past the browser's own checks."""
        form = self.page.locator("main form[method=post]").first
        form.evaluate(EMPTIED)
        with self.page.expect_navigation():
            form.locator("button:not([type=button])").first.click()
        if not self.page.locator(".govuk-error-summary").count():
            self.wrong.append(f"{self.page.url}: sent empty, and no error summary")
        if not self.page.title().startswith("Error: "):
            self.wrong.append(f"{self.page.url}: the title of a page with errors says so")

    def look(self, name):
        page = self.page
        headings = page.locator("h1").all_inner_texts()
        if len(headings) != 1:
            self.wrong.append(f"{name}: {len(headings)} h1")
        elif _plain(headings[0]) not in _plain(page.title()):
            self.wrong.append(f"{name}: title {page.title()!r}, h1 {headings[0]!r}")
        self._fits(name, WIDE)
        self.picture(name, "wide")
        page.evaluate(AXE_SCRIPT)
        self.wrong.extend(f"{name}: {violation}" for violation in page.evaluate(VIOLATIONS))
        for words in page.evaluate(SAY_THE_SAME):
            self.wrong.append(f"{name}: links that say {words!r} lead to different pages")
        if page.locator("main table:not(:has(caption))").count():
            self.wrong.append(f"{name}: a table does not say what it is about")
        page.set_viewport_size(NARROW)
        self._fits(name, NARROW)
        self.picture(name, "narrow")
        page.set_viewport_size(WIDE)

    def _fits(self, name, screen):
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > screen["width"]:
            self.wrong.append(f"{name}: {width} px wide on a screen of {screen['width']}")

    def picture(self, name, width):
        if PICTURES:
            file = re.sub(r"\W+", "-", f"{name} {width}").strip("-")
            self.page.screenshot(path=Path(PICTURES) / f"{file}.png", full_page=True)

    def sign_in(self, organiser):
        page = self.page
        page.goto(self.address + url_for("organiser.sign_in"))
        page.get_by_label("Email address").fill(organiser.email)
        page.get_by_label("Password", exact=True).fill(world.PASSWORD)
        page.get_by_role("button", name="Sign in").click()


def _plain(text):
    return "".join(text.split()).casefold()
