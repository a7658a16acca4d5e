"""The window on the partnership's news page: one address is asked for, at the host that was set.

Whoever can write that page, or the answer of a name server, must not be able to point us at other
machines, keep us waiting, or fill our memory. So the address a name stands for is looked up once,
judged, and connected to; redirects are followed by hand; and everything has an end.
"""

import asyncio
import socket
import ssl
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from webapp.errors import Rejected, Unreachable

# All of it, redirects included; and any one wait for the next byte.
SECONDS = 20
SECONDS_OF_SILENCE = 10
# Of the page as it is sent, and of what it unpacks to.
LONGEST = 2_000_000
MOST_REDIRECTS = 5
PORTS, LAST_PORT = {"http": 80, "https": 443}, 65_535
HEADERS = {
    "User-Agent": "training-bookings (reads the news page of its own partnership)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
    "Accept-Encoding": "gzip",
}
REDIRECTS = {301, 302, 303, 307, 308}
FOR_NOW = {408, 425, 429}
NO_WAY_ON = "The news page sends its visitors on to what is no web address."
# How zlib counts: a gzip header is expected, RFC 1952.
GZIP = 16 + zlib.MAX_WBITS
# Networks that are nobody's on the internet, which Python takes for public: RFC 6890, 3879, 8215.
OURS = [ip_network(network) for network in ("192.0.0.0/24", "fec0::/10", "64:ff9b:1::/48")]
# Where an IPv4 address stands inside an IPv6 one, and how many bits follow it: translated,
# tunnelled, written plainly. RFC 6052, 3056, 4291.
INSIDE = {
    ip_network("64:ff9b::/96"): 0,
    ip_network("2002::/16"): 80,
    ip_network("::/96"): 0,
}

Machine = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Page:
    """What is there, and the address where it was found in the end."""

    content: bytes
    address: str


def fetch(address: str) -> Page:
    """The page at this address, as it is now.

    Raises Unreachable where a later try may succeed, and Rejected where somebody has to look
    first: at the address that was set, or at the site.
    """
    try:
        wanted = _read(address)
        # In a thread of its own: whoever asks may have a loop running already.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(_fetch(wanted))).result()
    except TimeoutError as error:
        raise Unreachable(f"The news page took longer than {SECONDS} seconds.") from error
    except httpx.InvalidURL as error:
        # The library looks where a redirect leads before we do.
        raise Rejected(NO_WAY_ON) from error
    except (httpx.HTTPError, OSError) as error:
        said = str(error) or type(error).__name__
        raise Unreachable(f"The news page could not be fetched: {said}") from error


async def _fetch(wanted: httpx.URL) -> Page:
    context, url = ssl.create_default_context(), wanted
    async with asyncio.timeout(SECONDS):
        for _ in range(MOST_REDIRECTS + 1):
            found = await _ask(url, wanted, context)
            if isinstance(found, Page):
                return found
            url = _followed(found, url, wanted)
    raise Rejected("The news page sends its visitors on and on, and never arrives.")


async def _ask(url: httpx.URL, wanted: httpx.URL, context: ssl.SSLContext) -> Page | str:
    """The page, or where it sends us instead; from the first machine that lets us connect."""
    *others, last = await _machines(url, wanted)
    for machine in others:
        try:
            return await _ask_machine(machine, url, context)
        except httpx.ConnectError:
            continue
    return await _ask_machine(last, url, context)


async def _ask_machine(machine: Machine, url: httpx.URL, context: ssl.SSLContext) -> Page | str:
    # A client of its own for each question, so that no cookie is carried on; and none of the
    # environment's proxies, which would look the name up again.
    async with (
        httpx.AsyncClient(verify=context, trust_env=False, timeout=SECONDS_OF_SILENCE) as client,
        client.stream(
            "GET",
            url.copy_with(host=str(machine)),
            headers={**HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        ) as answer,
    ):
        if answer.status_code in REDIRECTS and "location" in answer.headers:
            return str(answer.headers["location"])
        _expect_text(answer)
        return Page(await _content(answer), str(url))


def _read(address: str) -> httpx.URL:
    """Raises Rejected for what is no address of a web page."""
    try:
        url = httpx.URL(address.strip())
    except httpx.InvalidURL as error:
        raise Rejected("The news page's address cannot be read.") from error
    if (url.port or 0) > LAST_PORT:
        raise Rejected("The news page's address names a port that there cannot be.")
    if url.scheme not in PORTS or not url.host:
        raise Rejected("The news page's address must begin with https:// or http://")
    if url.userinfo:
        raise Rejected("The news page's address must have no name or password in it.")
    return url


def _followed(target: str, url: httpx.URL, wanted: httpx.URL) -> httpx.URL:
    """Where a redirect leads: to the same host, on a port of the web or the one that was set."""
    try:
        following = _read(str(url.join(target)))
    except (httpx.InvalidURL, Rejected) as error:
        raise Rejected(NO_WAY_ON) from error
    if following.raw_host != wanted.raw_host:
        raise Rejected(
            f"The news page sends its visitors on to {following.host}, and only {wanted.host} is"
            " read. If it has moved there, change its address in the settings."
        )
    if url.scheme == "https" and following.scheme == "http":
        raise Rejected("The news page sends its visitors on from https to http, which is not safe.")
    if _port(following) not in {_port(wanted), PORTS[following.scheme]}:
        raise Rejected(
            f"The news page sends its visitors on to port {_port(following)}, which is not read."
        )
    return following


def _port(url: httpx.URL) -> int:
    return url.port or PORTS[url.scheme]


async def _machines(url: httpx.URL, wanted: httpx.URL) -> list[Machine]:
    """What the name stands for. Inside our own network only what was set by its very number."""
    host = url.raw_host.decode("ascii")
    try:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, _port(url), type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Unreachable(f"There is no machine called {url.host}, or none just now.") from error
    machines = [_machine(address[0]) for *_, address in found]
    open_ones = [machine for machine in machines if _is_open(machine, wanted)]
    if not open_ones:
        raise Rejected(f"{url.host} stands for a machine inside our own network.")
    return list(dict.fromkeys(open_ones))


def _machine(number: str | int) -> Machine:
    machine = ip_address(number)
    mapped = machine.ipv4_mapped if isinstance(machine, IPv6Address) else None
    return mapped or machine


def _is_open(machine: Machine, wanted: httpx.URL) -> bool:
    """Every machine it leads to has to be one of the world's, or the very one that was set."""
    every = [machine, *_inside(machine)]
    if any(one.is_link_local or one.is_multicast or one.is_unspecified for one in every):
        return False
    return str(machine) == wanted.host or all(_is_public(one) for one in every)


def _is_public(machine: Machine) -> bool:
    return machine.is_global and not any(machine in network for network in OURS)


def _inside(machine: Machine) -> list[IPv4Address]:
    """The machine of the older internet that this number leads to."""
    number = int(machine)
    return [
        IPv4Address(number >> bits & 0xFFFF_FFFF)
        for network, bits in INSIDE.items()
        if machine in network
    ]


def _expect_text(answer: httpx.Response) -> None:
    code = answer.status_code
    if code in FOR_NOW or code >= 500:
        raise Unreachable(f"The news site is in trouble just now. It answered {code}.")
    if code != 200:
        raise Rejected(f"The news site shows no page at this address. It answered {code}.")
    kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if not kind.startswith("text/") and kind != "application/xhtml+xml":
        raise Rejected(f"What stands at the news page's address is no text, but {kind[:80]}.")


async def _content(answer: httpx.Response) -> bytes:
    """The body, unpacked by ourselves: a library would unpack all of a bomb before we can look."""
    packed = bytearray()
    async for part in answer.aiter_raw():
        packed += part
        _expect_length(packed)
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        return bytes(packed)
    if encoding not in {"gzip", "x-gzip"}:
        raise Rejected(f"The news page is packed in a way we did not ask for: {encoding[:80]}.")
    gzip = zlib.decompressobj(GZIP)
    try:
        content = gzip.decompress(packed, LONGEST + 1)
    except zlib.error as error:
        raise Unreachable("The news page arrived damaged.") from error
    _expect_length(content)
    if not gzip.eof or gzip.unused_data:
        raise Unreachable("The news page arrived in part only.")
    return content


def _expect_length(content: bytes | bytearray) -> None:
    if len(content) > LONGEST:
        raise Rejected(f"The news page is longer than {LONGEST:,} bytes.")
