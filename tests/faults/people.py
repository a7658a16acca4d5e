"""People with browsers, who do one thing after another and remember what they were told."""

import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from tests.faults.house import PASSWORD, House
from tests.faults.post_office import PostOffice
from tests.people import FORM
from tests.web.reading import TOKEN
from webapp.models import Attendance

SECONDS = 30
# How an answer that came is counted; none came where the line broke.
YES, NO, FAULT, NONE = "yes", "no", "fault", "no answer"


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Where an answer leads to is the answer."""

    def redirect_request(self, *_answer):
        return None


class Browser:
    """One person's, on a network of its own. `ask` says YES where a form was taken."""

    def __init__(self, house: House, network: str):
        self.address = house.environment["WEBAPP_BASE_URL"]
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), _StayHere
        )
        self.opener.addheaders = [("X-Forwarded-For", network)]
        self.csrf_token = ""

    def look(self, path: str) -> str:
        """The words of a page, or none where it did not come."""
        try:
            with self.opener.open(self.address + path, timeout=SECONDS) as answer:
                page = answer.read().decode()
        except (OSError, HTTPException):
            return ""
        found = TOKEN.search(page)
        self.csrf_token = found[1] if found else self.csrf_token
        return page

    def press(self, path: str, fields: dict[str, object]) -> tuple[str, str]:
        """What became of a form, and where it leads."""
        form = urlencode({**fields, "csrf_token": self.csrf_token}).encode()
        try:
            with self.opener.open(self.address + path, form, timeout=SECONDS):
                return NO, ""
        except urllib.error.HTTPError as answer:
            if answer.code in {302, 303}:
                return YES, answer.headers["Location"]
            return (FAULT if answer.code >= 500 else NO), ""
        except (OSError, HTTPException):
            time.sleep(0.1)
            return NONE, ""


@dataclass
class Told:
    """What people were told: the things that a yes promised, and all answers counted."""

    booked: set[tuple[int, str]] = field(default_factory=set)
    # By the number of the booking; and where somebody pressed the button and no answer came.
    given_up: set[int] = field(default_factory=set)
    perhaps_given_up: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    # Of each person on the register: the last mark that was answered, and what was tapped since.
    marked: dict[int, list[str | None]] = field(default_factory=dict)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)


class Person(threading.Thread):
    """Goes on until told to stop."""

    def __init__(self, house: House, post: PostOffice, told: Told, number: int, seed: int):
        super().__init__(name=f"person {number}", daemon=True)
        self.house, self.post, self.told, self.number = house, post, told, number
        self.chance = random.Random(f"{seed} {number}")
        self.stops = threading.Event()
        self.times = 0

    def run(self) -> None:
        while not self.stops.is_set():
            self.times += 1
            self.do()

    def browser(self) -> Browser:
        network = f"10.{self.number}.{self.times // 250 % 250}.{self.times % 250}"
        return Browser(self.house, network)


class Practitioner(Person):
    """Books, gives places up, and takes what is offered, each time as somebody new."""

    def do(self) -> None:
        waiting = [(to, links[-1]) for to, links in list(self.post.links.items()) if links]
        mine = [one for one in waiting if f".{self.number}@" in one[0]]
        if mine and self.chance.random() < 0.5:
            address, token = self.chance.choice(mine)
            self.answer_mail(address, token)
        else:
            self.book()

    def book(self) -> None:
        date = self.chance.choice(self.house.dates)
        email = f"person{self.times}.{self.number}@agency.example"
        fields = {**FORM, "email": email, "agency": self.house.agency}
        browser = self.browser()
        if not browser.look(f"/dates/{date}/book"):
            return
        became, leads = browser.press(f"/dates/{date}/book", fields)
        self.told.answers["book", became] += 1
        if became == YES and leads.endswith("/written"):
            self.told.booked.add((date, email))

    def answer_mail(self, address: str, token: str) -> None:
        """Take the place that is kept, where one is; else say that one cannot come."""
        browser, number = self.browser(), int(token.partition("-")[0])
        page = browser.look(f"/bookings/{token}")
        if f"/bookings/{token}/offer" in page:
            became, _ = browser.press(f"/bookings/{token}/offer", {"answer": "accept"})
            self.told.answers["take an offer", became] += 1
            if became == YES:
                self.told.taken.add(number)
                self.post.links.pop(address, None)
        elif f"/bookings/{token}/cancel" in page and browser.look(f"/bookings/{token}/cancel"):
            became, _ = browser.press(f"/bookings/{token}/cancel", {})
            self.told.answers["give up", became] += 1
            if became != NO:
                done = self.told.given_up if became == YES else self.told.perhaps_given_up
                done.add(number)
            self.post.links.pop(address, None)


class Organiser(Person):
    """Marks the people of one register, one tap each, over and over."""

    signed_in: Browser | None = None

    def do(self) -> None:
        if self.signed_in is None and not self.sign_in():
            return
        booking = self.chance.choice(self.house.here)
        said = self.chance.choice([one.value for one in Attendance])
        where = f"/organiser/dates/{self.house.register}/register/{booking}"
        self.told.marked.setdefault(booking, [None]).append(said)
        became, leads = self.signed_in.press(where, {"attendance": said})
        if "sign-in" in leads:
            became, self.signed_in = NO, None
        if became == YES:
            self.told.marked[booking] = [said]
        self.told.answers["mark", became] += 1

    def sign_in(self) -> bool:
        browser = self.browser()
        if not browser.look("/organiser/sign-in"):
            return False
        who = {"email": "organiser@partnership.example", "password": PASSWORD}
        became, _ = browser.press("/organiser/sign-in", who)
        if became != YES or not browser.look(f"/organiser/dates/{self.house.register}/register"):
            return False
        self.signed_in = browser
        return True
