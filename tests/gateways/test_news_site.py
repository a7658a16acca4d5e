"""Against real sites on this machine: good ones, and such as mean us harm."""

import gzip
import ssl
import time
import tracemalloc
from ipaddress import ip_address

import pytest

from tests.ports import free_port
from tests.site import page, sent_on, serving
from webapp.errors import Rejected, Unreachable
from webapp.gateways import news_site
from webapp.gateways.news_site import LONGEST, fetch

NEWS = "<h1>News</h1><p>Café – “open”</p>"


@pytest.fixture
def serve():
    with serving() as serve:
        yield serve


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The context of a site whose certificate is trusted here."""
    file, context = certificate
    trusting = ssl.create_default_context(cafile=file)
    monkeypatch.setattr(news_site.ssl, "create_default_context", lambda: trusting)
    return context


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(news_site, "SECONDS", 1)


def refusal(address, kind=Rejected):
    with pytest.raises(kind) as refused:
        fetch(address)
    return str(refused.value)


def test_the_page_comes_byte_for_byte(serve):
    site = serve({"/news": page(NEWS)})
    found = fetch(f" {site.address()} ")
    assert (found.content, found.address) == (NEWS.encode(), site.address())


def test_we_say_who_asks_and_carry_nothing_else(serve):
    site = serve(
        {
            "/news": sent_on("/there\r\nSet-Cookie: who=you; Path=/"),
            "/there": page(NEWS),
        }
    )
    fetch(site.address())
    for asked in site.asked:
        names = {line.partition(":")[0].lower() for line in asked[1:]}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert f"Host: 127.0.0.1:{site.port}" in asked
        assert "User-Agent: training-bookings (reads the news page of its own partnership)" in asked


@pytest.mark.parametrize("kind", ["text/html", "TEXT/Plain; charset=x", "application/xhtml+xml"])
def test_any_kind_of_text_is_read(serve, kind):
    assert fetch(serve({"/news": page(NEWS, kind)}).address()).content == NEWS.encode()


def test_a_page_of_no_kind_is_left_to_the_reader(serve):
    answer = b"HTTP/1.0 200 OK\r\n\r\n" + NEWS.encode()
    assert fetch(serve({"/news": answer}).address()).content == NEWS.encode()


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream"])
def test_what_is_no_text_is_not_read(serve, kind):
    assert kind in refusal(serve({"/news": page(b"\x89PNG", kind)}).address())


def test_a_packed_page_is_unpacked(serve):
    packed = page(gzip.compress(NEWS.encode()), "text/html", "Content-Encoding: gzip")
    assert fetch(serve({"/news": packed}).address()).content == NEWS.encode()


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_a_page_packed_otherwise_than_we_asked_is_not_read(serve, encoding):
    packed = page(b"x", "text/html", f"Content-Encoding: {encoding}")
    assert encoding in refusal(serve({"/news": packed}).address())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"no gzip at all", "damaged"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-4], "in part"),
        (gzip.compress(b"one", mtime=0) + gzip.compress(b"two", mtime=0), "in part"),
    ],
)
def test_a_page_that_cannot_be_unpacked_whole_is_not_half_read(serve, body, said):
    packed = page(body, "text/html", "Content-Encoding: gzip")
    assert said in refusal(serve({"/news": packed}).address(), Unreachable)


def test_a_page_may_be_as_long_as_we_read_and_no_longer(serve):
    site = serve({"/news": page(b"x" * LONGEST), "/long": page(b"x" * (LONGEST + 1))})
    assert len(fetch(site.address()).content) == LONGEST
    assert refusal(site.address("/long")) == "The news page is longer than 2,000,000 bytes."


def test_a_page_without_end_ends(serve):
    def endless():
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while True:
            yield b"<p>And another thing</p>" * 1000

    assert "longer than" in refusal(serve({"/news": endless}).address())


def test_a_bomb_does_not_go_off(serve):
    bomb = gzip.compress(b"\0" * 100_000_000, 1)
    assert len(bomb) < LONGEST
    site = serve({"/news": page(bomb, "text/html", "Content-Encoding: gzip")})
    tracemalloc.start()
    try:
        assert "longer than" in refusal(site.address())
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "first",
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "],
    ids=["body", "headers"],
)
def test_a_page_that_drips_is_not_waited_for(serve, impatient, first):
    def drip():
        yield first
        while True:
            time.sleep(0.1)
            yield b"x"

    began = time.monotonic()
    said = refusal(serve({"/news": drip}).address(), Unreachable)
    assert said == "The news page took longer than 1 seconds."
    assert time.monotonic() - began < 3


def test_a_site_that_falls_silent_is_not_waited_for(serve, monkeypatch):
    monkeypatch.setattr(news_site, "SECONDS_OF_SILENCE", 0.3)

    def silent():
        yield b"HTTP/1.1 200 OK\r\n"
        time.sleep(2)

    assert "could not be fetched" in refusal(serve({"/news": silent}).address(), Unreachable)


def test_redirects_count_towards_the_time(serve, impatient):
    def slowly():
        time.sleep(0.4)
        yield sent_on("/news")

    site = serve({"/news": slowly})
    assert "took longer" in refusal(site.address(), Unreachable)
    assert len(site.asked) <= 3


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 T", "308 P"])
def test_a_redirect_on_the_same_host_is_followed(serve, status):
    site = serve({"/news": sent_on("../latest?page=1#top", status), "/latest?page=1": page(NEWS)})
    found = fetch(site.address())
    assert found.content == NEWS.encode()
    assert found.address == site.address("/latest?page=1#top")


def test_five_redirects_are_followed_and_no_more(serve):
    answers = {f"/{n}": sent_on(f"/{n + 1}") for n in range(6)} | {"/6": page(NEWS)}
    site = serve(answers)
    assert fetch(site.address("/1")).content == NEWS.encode()
    site.asked.clear()
    assert "on and on" in refusal(site.address("/0"))
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("http://localhost:{port}/news", "on to localhost"),
        ("//elsewhere.example/news", "on to elsewhere.example"),
        ("http://127.0.0.1.elsewhere.example/", "on to 127.0.0.1.elsewhere.example"),
        ("http://2130706433:{port}/", "on to 2130706433"),
        ("http://127.1:{port}/", "on to 127.1"),
        ("http://[::1]:{port}/", "on to ::1"),
        ("http://169.254.169.254/latest/meta-data", "on to 169.254.169.254"),
        ("http://127.0.0.1:22/", "port 22"),
        ("http://127.0.0.1:{other}/", "port {other}"),
        ("http://someone:secret@127.0.0.1:{port}/", "no web address"),
        ("http://elsewhere.example@127.0.0.1:{port}/", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("ftp://127.0.0.1/news", "no web address"),
        ("gopher://127.0.0.1:{port}/", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("http://127.0.0.1:999999/", "no web address"),
        ("http://[broken/", "on to %5bbroken"),
    ],
)
def test_a_redirect_elsewhere_is_not_followed(serve, target, said):
    elsewhere = serve({})
    answers = {}
    site = serve(answers)
    numbers = {"port": site.port, "other": elsewhere.port}
    answers["/news"] = sent_on(target.format(**numbers))
    answers["/"] = page("secrets")
    assert said.format(**numbers) in refusal(site.address())
    assert (len(site.asked), len(elsewhere.asked)) == (1, 0)


def test_a_redirect_that_names_no_place_is_an_answer_like_any_other(serve):
    site = serve({"/news": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"})
    assert "It answered 302" in refusal(site.address())


def test_a_safe_page_is_read(serve, trusted):
    site = serve({"/news": page(NEWS)}, trusted)
    assert fetch(site.address()).content == NEWS.encode()


def test_from_a_safe_page_to_an_unsafe_one_is_not_followed(serve, trusted, monkeypatch):
    monkeypatch.setattr(news_site, "_port", lambda url: 443)  # both on a port that may be asked
    site = serve({"/news": sent_on("http://127.0.0.1/news")}, trusted)
    assert "from https to http" in refusal(site.address())


def test_from_an_unsafe_page_to_a_safe_one_is_followed(serve, trusted, monkeypatch):
    safe = serve({"/news": page(NEWS)}, trusted)
    monkeypatch.setitem(news_site.PORTS, "https", safe.port)
    site = serve({"/news": sent_on(safe.address())})
    assert fetch(site.address()).content == NEWS.encode()


def test_a_certificate_nobody_vouches_for_is_not_believed(serve, certificate):
    _, context = certificate
    site = serve({"/news": page(NEWS)}, context)
    assert "certificate" in refusal(site.address(), Unreachable)
    assert site.asked == []


def test_a_certificate_for_another_name_is_not_believed(serve, trusted, looked_up):
    looked_up["news.partnership.example"] = ["127.0.0.1"]
    site = serve({"/news": page(NEWS)}, trusted)
    said = refusal(site.address(host="news.partnership.example"), Unreachable)
    assert "news.partnership.example" in said
    assert site.asked == []


@pytest.fixture
def looked_up(monkeypatch):
    """What names stand for, and this machine taken for one of the world's."""
    numbers = {}

    async def machines(url, wanted):
        return [ip_address(number) for number in numbers[url.host]]

    monkeypatch.setattr(news_site, "_machines", machines)
    return numbers


def test_a_name_is_asked_for_by_its_name_and_its_machines_are_tried_in_turn(serve, looked_up):
    site = serve({"/news": page(NEWS)})
    looked_up["news.partnership.example"] = ["127.0.0.2", "::1", "127.0.0.1"]
    address = site.address(host="news.partnership.example")
    assert fetch(address).address == address
    assert f"Host: news.partnership.example:{site.port}" in site.asked[0]


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://224.0.0.1/",
    ],
)
def test_a_name_for_a_machine_of_our_own_is_not_asked(address):
    assert "inside our own network" in refusal(address)


@pytest.mark.parametrize("number", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "::1", "fd00::1"])
def test_inside_our_own_network_only_what_was_set_by_its_number_is_asked(number):
    machine = news_site._machine(number)
    host = f"[{number}]" if ":" in number else number
    assert news_site._is_open(machine, news_site._read(f"http://{host}:8000/news"))
    assert not news_site._is_open(machine, news_site._read("http://10.9.9.9/news"))


@pytest.mark.parametrize(
    "number",
    [
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2002:c0a8:1::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "::10.0.0.1",
        "fec0::1",
        "192.0.0.1",
        "192.0.0.200",
    ],
)
def test_a_machine_of_our_own_in_the_guise_of_another_is_not_asked(number):
    machine = news_site._machine(number)
    assert not news_site._is_open(machine, news_site._read("https://partnership.example/"))


def test_machines_of_the_world_are_asked_whatever_they_are_called():
    for number in (
        "93.184.216.34",
        "2606:2800:220:1::1",
        "::ffff:93.184.216.34",
        "64:ff9b::93.184.216.34",
    ):
        machine = news_site._machine(number)
        assert news_site._is_open(machine, news_site._read("https://partnership.example/"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "must begin with https://"),
        ("/news", "must begin with https://"),
        ("file:///etc/passwd", "must begin with https://"),
        ("ftp://partnership.example/", "must begin with https://"),
        ("https:///news", "must begin with https://"),
        ("https://me:secret@partnership.example/", "no name or password"),
        ("https://partnership.example:99999/", "a port that there cannot be"),
        ("https://partnership.example:x/", "cannot be read"),
        ("https://a\x00b.example/", "cannot be read"),
    ],
)
def test_what_is_no_web_address_is_not_asked_for(address, said):
    assert said in refusal(address)


def test_a_name_nobody_knows_is_said_so():
    said = refusal("https://nowhere.invalid/news", Unreachable)
    assert said == "There is no machine called nowhere.invalid, or none just now."


def test_an_impossible_name_is_said_so():
    assert "There is no machine" in refusal(f"https://{'a' * 70}.example/", Unreachable)


def test_nobody_at_home_is_said_so():
    said = refusal(f"http://127.0.0.1:{free_port()}/", Unreachable)
    assert said.startswith("The news page could not be fetched: ")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("404 Not Found", Rejected),
        ("403 Forbidden", Rejected),
        ("410 Gone", Rejected),
        ("204 No Content", Rejected),
        ("429 Too Many", Unreachable),
        ("500 Oh", Unreachable),
        ("503 Later", Unreachable),
    ],
)
def test_an_answer_that_is_no_page_is_for_now_or_for_good(serve, status, kind):
    site = serve({"/news": page("" if status.startswith("204") else "Sorry", status=status)})
    assert f"It answered {status[:3]}." in refusal(site.address(), kind)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["hangs up", "no HTTP", "breaks off", "endless header", "broken chunk"],
)
def test_a_site_that_speaks_nonsense_is_unreachable(serve, answer):
    assert refusal(serve({"/news": answer}).address(), Unreachable)
