"""Somebody who books, as a browser does it: the form, the button, the page after it."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from itertools import count
from urllib.parse import urlencode

from tests.bench.visitors import Script, asking
from tests.people import FORM
from tests.web.reading import TOKEN

REQUESTS = 3
FIRST_NETWORK = ip_address("10.0.0.1")


def booking(dates: Sequence[int], agency: int) -> Callable[[int], Script]:
    """One place after another, each for somebody new on a network of their own, on these dates in
    turn. Raises AssertionError when one is not taken."""
    people = count()

    def script(_number: int) -> Script:
        for number in people:
            path = f"/dates/{dates[number % len(dates)]}/book"
            network = {"X_Forwarded_For": str(FIRST_NETWORK + number)}
            page = yield asking(path, **network)
            cookie = page.header("set-cookie").partition(";")[0]
            who = {"email": f"newcomer{number}@agency.example", "agency": agency}
            token = TOKEN.search(page.body.decode())
            assert token, page.head
            form = {**FORM, **who, "csrf_token": token[1]}
            answer = yield _posting(path, form, cookie, network)
            assert answer.status == 302, f"{answer.head}: {answer.body.decode()}"
            cookie = answer.header("set-cookie").partition(";")[0]
            written = yield asking(answer.header("location"), Cookie=cookie, **network)
            assert written.status == 200, written.head

    return script


def _posting(path: str, fields: dict[str, object], cookie: str, network: dict[str, str]) -> bytes:
    body = urlencode(fields)
    kind = "application/x-www-form-urlencoded"
    length = str(len(body))
    headers = {"Content_Type": kind, "Content_Length": length, "Cookie": cookie, **network}
    return asking(path, **headers).replace(b"GET ", b"POST ", 1) + body.encode()
