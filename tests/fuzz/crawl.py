"""A crawler in the house itself: it follows what pages offer, as everybody, and sends back what it
found with something wrong in it. No answer may be a fault of ours.

python -m tests.fuzz.crawl --requests 10000
"""

import io
import logging
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from random import Random
from unittest.mock import patch
from urllib.parse import quote, urlencode, urlsplit

import click
from flask import Flask, url_for
from flask_migrate import upgrade
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.browser import world as worlds
from tests.browser.walk.pages import public, way_in
from tests.conftest import NOW
from tests.fuzz import hostile, offers
from tests.fuzz.offers import Form
from webapp import clock, create_app
from webapp.db import db, will_write
from webapp.errors import Unreachable
from webapp.gateways import news_site
from webapp.models import Email, Organiser, Role, RoleName

NOBODY = "nobody"
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "POST", "GET")
# An answer that takes longer is told of, too.
SLOW = 5.0
# Somebody may have closed the account or signed it out meanwhile.
UNTIL_WELL_AGAIN = 40
KEPT_PER_PAGE = 40


class Crawler:
    def __init__(self, app: Flask, people: dict[str, int], known: list[str], seed: int) -> None:
        self.app, self.people, self.chance = app, people, Random(seed)
        self.clients = {who: app.test_client() for who in (NOBODY, *people)}
        self.paths: dict[str, list[str]] = defaultdict(list)
        self.forms: dict[str, dict[tuple[str, str], Form]] = defaultdict(dict)
        self.tokens: dict[str, str] = {}
        self.made = 0
        self.statuses: Counter[int] = Counter()
        self.reached: set[str] = set()
        self.faults: dict[str, str] = {}
        self.slowest: tuple[float, str] = (0.0, "")
        self.log = _Faults()
        app.logger.addHandler(self.log)
        for rule in app.url_map.iter_rules():
            for number in (1, 2, 3):
                _, path = rule.build(dict.fromkeys(rule.arguments, number))
                self._keep(path)
        for path in known:
            self._keep(path)

    def go_on(self, requests: int) -> None:
        while self.made < requests:
            if self.made % UNTIL_WELL_AGAIN == 0:
                self._be_well_again()
            self._once()

    def _once(self) -> None:
        who = self.chance.choice(list(self.clients))
        forms = self.forms[who]
        if forms and self.chance.random() < 0.6:
            answer = self._send(who, forms[self.chance.choice(sorted(forms))])
        else:
            path = self.chance.choice(self.paths[self.chance.choice(sorted(self.paths))])
            answer = self._ask(who, self._bent(path) if self.chance.random() < 0.4 else path)
        if answer.status_code in {302, 303} and answer.location:
            parts = urlsplit(answer.location)
            self._ask(who, parts.path + (f"?{parts.query}" if parts.query else ""))

    def _ask(self, who: str, path: str) -> TestResponse:
        method = self.chance.choice(METHODS) if self.chance.random() < 0.05 else "GET"
        answer = self._open(who, method, path)
        if answer.mimetype == "text/html" and answer.status_code < 300:
            links, forms = offers.on(answer.text, path)
            for link in links:
                self._keep(link)
            for form in forms:
                self.forms[who][self._place(form.path), _names(form)] = form
                token = dict(form.fields).get("csrf_token")
                self.tokens[who] = token or self.tokens.get(who, "")
        return answer

    def _send(self, who: str, form: Form) -> TestResponse:
        fields = self._filled(form)
        if form.method == "GET":
            return self._ask(who, f"{form.path.partition('?')[0]}?{urlencode(fields)}")
        if self.chance.random() < 0.97 and who in self.tokens:
            fields = [(name, value) for name, value in fields if name != "csrf_token"]
            fields.append(("csrf_token", self.tokens[who]))
        data: dict[str, list[object]] = defaultdict(list)
        for name, value in fields:
            data[name].append(value)
        for name in form.files:
            called, content = self.chance.choice(list(hostile.FILES.items()))
            data[name].append((io.BytesIO(content), called))
        path = self._bent(form.path) if self.chance.random() < 0.1 else form.path
        return self._open(who, "POST", path, data=data)

    def _filled(self, form: Form) -> list[tuple[str, str]]:
        """As it stands on the page, or well filled in, or with something wrong in some answers."""
        fields = list(form.fields)
        known = {name for name, _ in fields}
        for name, values in form.choices.items():
            if self.chance.random() < 0.7 or name not in known:
                fields = [pair for pair in fields if pair[0] != name]
                fields += [(name, self.chance.choice(values or ("",)))]
        harm = self.chance.choice((0.0, 0.1, 0.4))
        filled = []
        for name, value in fields:
            if not value:
                value = self._likely(name)
            if self.chance.random() < harm:
                value = self.chance.choice(hostile.EVERYTHING)
            if self.chance.random() > harm / 5:
                filled.append((name, value))
            if self.chance.random() < harm / 5:
                filled.append((name, self.chance.choice(hostile.EVERYTHING)))
        return filled

    def _likely(self, name: str) -> str:
        """What somebody would write where nothing stands so far."""
        if "email" in name:
            return f"crawler{self.chance.randrange(10**6)}@york.gov.uk"
        if "phone" in name:
            return "01632 960001"
        if "month" in name or "day" in name or "date" in name:
            return self.chance.choice(("2025-06-12", "12", "6", "12 June 2025"))
        if any(word in name for word in ("start", "begin", "end", "time")):
            return self.chance.choice(("9:30", "12:00", "16:15"))
        if any(word in name for word in ("capacity", "hours", "number", "amount", "places")):
            return str(self.chance.randrange(40))
        return self.chance.choice(("Ann Example", "Social worker", "7", "A reason", ""))

    def _bent(self, path: str) -> str:
        """The same address with a part of it, or a part of what it asks, as nobody typed it."""
        path, _, query = path.partition("?")
        parts = path.split("/")
        what = self.chance.randrange(4)
        if what < 2:
            at = self.chance.randrange(len(parts))
            parts[at] = self._bent_part(parts[at])
        else:
            name = self.chance.choice(sorted({pair.partition("=")[0] for pair in query.split("&")}))
            asked = name or self.chance.choice(("page", "text", "view", "next", "month", "version"))
            wrong = self.chance.choice(hostile.EVERYTHING)
            said = quote(wrong) if what == 2 else self.chance.choice(hostile.IN_ADDRESSES)
            query = f"{query}&{asked}={said}" if self.chance.random() < 0.5 else f"{asked}={said}"
        return "/".join(parts) + (f"?{query}" if query else "")

    def _bent_part(self, part: str) -> str:
        wrong = self.chance.choice(hostile.IN_ADDRESSES)
        if not part or self.chance.random() < 0.4:
            return wrong
        at = self.chance.randrange(len(part))
        return part[:at] + wrong + part[at + self.chance.randrange(2) :]

    def _open(self, who: str, method: str, path: str, **said: object) -> TestResponse:
        headers = {"Host": "localhost"}
        if self.chance.random() < 0.05:
            name = self.chance.choice(("Referer", "If-None-Match", "If-Modified-Since", "Range"))
            headers[name] = self.chance.choice(
                ("x", '"', "W/", "bytes=9-1", "Sun, 99 Foo", "http://[")
            )
        path = "/" + path.lstrip("/")
        begun = time.process_time()
        answer = self.clients[who].open(
            path,
            method=method,
            headers=headers,
            environ_base={"REMOTE_ADDR": f"192.0.2.{self.chance.randrange(255)}"},
            **said,
        )
        self._note(who, f"{method} {path[:300]}", answer, time.process_time() - begun)
        return answer

    def _note(self, who: str, what: str, answer: TestResponse, took: float) -> None:
        self.made += 1
        self.statuses[answer.status_code] += 1
        self.slowest = max(self.slowest, (took, f"{who} {what}"))
        endpoint = self._place(urlsplit(what.partition(" ")[2]).path, what.partition(" ")[0])
        if answer.status_code < 400:
            self.reached.add(endpoint)
        wrong = None
        if answer.status_code >= 500:
            wrong = self.log.last or f"{answer.status_code} {endpoint}"
        elif "X-Injected" in answer.headers:
            wrong = f"{endpoint}: a header of a stranger's"
        elif took > SLOW:
            wrong = f"{endpoint}: {took:.1f} s"
        elif answer.mimetype == "text/html" and any(
            word in answer.text for word in hostile.MARKUP if word.startswith(("<", '"', "'", "</"))
        ):
            wrong = f"{endpoint}: words stand there as markup"
        self.log.last = ""
        if wrong and wrong not in self.faults:
            self.faults[wrong] = f"{who} {what}"

    def _keep(self, path: str) -> None:
        kept = self.paths[self._place(path.partition("?")[0])]
        if path not in kept:
            if len(kept) >= KEPT_PER_PAGE:
                kept.pop(self.chance.randrange(len(kept)))
            kept.append(path)

    def _place(self, path: str, method: str = "GET") -> str:
        """The name of the page that has this address."""
        houses = self.app.url_map.bind("localhost")
        for one in (method, "POST"):
            try:
                return str(houses.match(path.partition("?")[0], method=one)[0])
            except HTTPException:
                continue
        return "nowhere"

    def _be_well_again(self) -> None:
        """Every account is as it was, and signed in; what was mailed meanwhile is read."""
        will_write()
        with self.app.app_context():
            for who, number in self.people.items():
                organiser = db.session.get_one(Organiser, number)
                organiser.active, organiser.is_demonstration = True, False
                role = db.session.scalars(select(Role).where(Role.name == who)).one()
                organiser.roles = [role]
                db.session.commit()
                with self.clients[who].session_transaction() as session:
                    session["_user_id"] = organiser.fs_uniquifier
                    session["_fresh"], session["fs_paa"] = True, time.time()
            wanted = select(Email).where(Email.message.is_not(None)).order_by(Email.id.desc())
            for mail in db.session.scalars(wanted.limit(60)):
                text = message_from_bytes(mail.message, policy=policy.default).get_body(("html",))
                for link in offers.on(text.get_content(), "/")[0] if text else ():
                    self._keep(link)
            db.session.rollback()


class _Faults(logging.Handler):
    """The last thing that the house wrote down as its own fault."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.exc_text:
            self.last = str(record.exc_text or self.format(record))


def _names(form: Form) -> str:
    return " ".join(sorted({name for name, _ in form.fields}))


@contextmanager
def a_house() -> Iterator[tuple[Flask, dict[str, int], list[str]]]:
    """The app as it runs in earnest but for its limits, in the middle of its day; who signs in
    there in which role; and private addresses that open. Nothing reaches the network."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(clock, "now", lambda: NOW),
        patch.object(news_site, "fetch", _nobody_answers),
    ):
        os.environ["WEBAPP_INSTANCE"] = folder
        app = create_app(
            {
                "SECRET_KEY": "the key of the crawler",
                "RATELIMIT_ENABLED": False,
                "BASE_URL": offers.HOUSE,
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/crawl.db",
            }
        )
        with app.app_context():
            upgrade()
        will_write()
        with app.test_request_context():
            world = worlds.build()
            people = {
                RoleName.ADMINISTRATOR: world.administrator.id,
                RoleName.ORGANISER: world.accounts["organiser"].id,
                RoleName.TRAINER: world.trainer.id,
                RoleName.REPORTER: world.accounts["reporter"].id,
            }
            doors = (("public", public), ("organiser", way_in))
            known = [
                url_for(f"{door}.{page}", **values)
                for door, room in doors
                for page, _, values in room.pages(world)
            ]
        yield app, people, known


def _nobody_answers(address: str) -> None:
    raise Unreachable("The crawler asks nobody.")


@click.command()
@click.option("--requests", default=10_000, help="How many.")
@click.option("--seed", default=1, help="Another one goes another way.")
def main(requests: int, seed: int) -> None:
    """Crawl, print what came of it, and end with 1 when something was a fault of ours."""
    begun = time.monotonic()
    with a_house() as (app, people, known):
        crawler = Crawler(app, people, known, seed)
        crawler.go_on(requests)
        routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    click.echo(f"{crawler.made} requests in {time.monotonic() - begun:.0f} s, seed {seed}")
    for status, number in sorted(crawler.statuses.items()):
        click.echo(f"  {status}: {number}")
    click.echo(f"{len(crawler.reached & routes)} of {len(routes)} routes were opened")
    click.echo(f"closed throughout: {', '.join(sorted(routes - crawler.reached)) or 'none'}")
    click.echo("slowest: {:.1f} s, {}".format(*crawler.slowest))
    for fault, where in crawler.faults.items():
        click.echo(f"\n{where}\n{fault}")
    click.echo(f"\n{len(crawler.faults)} faults")
    sys.exit(bool(crawler.faults))


if __name__ == "__main__":
    main()
