"""A mail server in changing moods, which remembers what it was given."""

import asyncio
import random
import re
from collections import Counter, defaultdict
from contextlib import contextmanager
from email import message_from_bytes, policy
from enum import StrEnum

from aiosmtpd.controller import Controller

from tests.ports import free_port

# The number of a booking and the key that opens it.
LINK = re.compile(r"/bookings/(\d+-[\w-]{43})")


class Mood(StrEnum):
    WELL = "well"
    AWAY = "closes the line at once"
    CLOSING = "421 to everybody"
    SLOW = "answers after a while"
    PUTS_OFF = "451 to a message"
    REJECTS = "550 to a message"
    DROPS = "drops the line in DATA"
    FORGETS_TO_ANSWER = "keeps the message and drops the line"


# Out of ten moments: well enough that mail goes out, and never well for long.
MOODS = [Mood.WELL] * 3 + [mood for mood in Mood if mood is not Mood.WELL]


class PostOffice:
    """`kept` counts how often a message was taken, by its Message-ID; `unanswered` holds those
    whose sender was never told; `links` holds the links of each address, the latest last."""

    def __init__(self, chance: random.Random):
        self.chance, self.mood = chance, Mood.WELL
        self.kept, self.unanswered = Counter[str](), set[str]()
        self.links = defaultdict[str, list[str]](list)
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"

    @contextmanager
    def open(self):
        controller = Controller(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    def change_mood(self) -> None:
        self.mood = self.chance.choice(MOODS)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        if self.mood is Mood.AWAY:
            server.transport.abort()
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mood is Mood.CLOSING:
            return "421 We are closing"
        envelope.mail_from = address
        return "250 Yes"

    async def handle_DATA(self, server, session, envelope):
        mood = self.mood
        if mood is Mood.PUTS_OFF:
            return "451 Later"
        if mood is Mood.REJECTS:
            return "550 Not here"
        if mood is Mood.SLOW:
            await asyncio.sleep(self.chance.uniform(0.2, 1.5))
        if mood is not Mood.DROPS:
            self._keep(envelope, is_answered=mood is not Mood.FORGETS_TO_ANSWER)
        if mood in {Mood.DROPS, Mood.FORGETS_TO_ANSWER}:
            server.transport.abort()
        return "250 Kept"

    def _keep(self, envelope, *, is_answered):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.kept[message["Message-ID"]] += 1
        if not is_answered:
            self.unanswered.add(message["Message-ID"])
        words = message.get_body(("plain",)).get_content()
        for address in envelope.rcpt_tos:
            self.links[address] += LINK.findall(words)
