"""Somebody with a browser of their own, and the links that their mails have for them."""

import re

COURSE = "Developing an Understanding of Harmful Sexual Behaviour"


class Visitor:
    """Somebody with a browser of their own, who sees nothing break on the way."""

    def __init__(self, browser, stack, **settings):
        self.context = browser.new_context(base_url=stack.address, **settings)
        self.page = self.context.new_page()
        self.troubles = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message):
        if message.type == "error":
            self.troubles.append(message.text)

    def see(self, *words):
        """These words are on the page, and it fits the screen."""
        text = self.page.locator("main").inner_text()
        for sentence in words:
            assert sentence in text, text
        assert self.troubles == []
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"]

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def find(self, day, times="10am to 2pm"):
        """From the front page to the page of the date, by search."""
        self.page.goto("/")
        if self.page.get_by_label("Words").is_hidden():
            self.page.get_by_text("Filters").first.click()
        self.page.get_by_label("Words").fill("harmful")
        self.press("Apply filters")
        self.see(COURSE)
        row = self.page.get_by_role("listitem").filter(has_text=in_words(day))
        row.get_by_role("link", name=COURSE).click()
        self.see(f"{in_words(day)}, {times}")

    def sign_in(self, email, password):
        self.page.goto("/organiser/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")

    def fill_in(self, name, email, works_at=None):
        self.page.get_by_label("Full name", exact=True).fill(name)
        self.page.get_by_label("Work email address").fill(email)
        self.page.get_by_label("Job role").fill("Social worker")
        self.page.get_by_label("Line manager's full name").fill("Max Manager")
        self.page.get_by_label("Line manager's email address").fill("max@york.gov.uk")
        self.page.get_by_label("I agree to the booking terms").check()
        if works_at:
            self.page.get_by_label("Where you work").select_option(label=works_at)


def in_words(day):
    return f"{day:%A} {day.day} {day:%B %Y}"


def private_link(letter):
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"https?://\S+/(?:bookings|booked|my|evaluations|password)/\S+", text)[0]
