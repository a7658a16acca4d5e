"""The window on the mailbox that answers and returned messages come to.

A mailbox is a file (one mail, or an mbox), a Maildir, or a folder on an IMAP server. Each gives the
mails nobody has read, and is told of those that need no reader any more; nothing is ever deleted.
"""

import mailbox
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from webapp.errors import Unreachable
from webapp.gateways import imap
from webapp.gateways.imap import LONGEST, Letter

URLS = ("imap://", "imaps://")


class Mailbox(Protocol):
    def letters(self, known: Container[str]) -> Iterator[Letter]:
        """The unread mails, but for those whose keys are `known`. Raises Unreachable."""

    def mark_read(self, letter: Letter) -> None:
        """Say that nobody need read it any more. Raises Unreachable."""


@contextmanager
def opened(source: str) -> Iterator[Mailbox]:
    """The mailbox at a path or an address as in WEBAPP_MAILBOX. Raises Unreachable."""
    if source.lower().startswith(URLS):
        with imap.opened(source) as folder:
            yield folder
        return
    path = Path(source)
    try:
        yield Maildir(path) if path.is_dir() else File(path)
    except OSError as error:
        raise Unreachable(f"The mailbox could not be read: {error.strerror}: {path}") from error


@dataclass(frozen=True)
class File:
    """Mail kept in a file, which has no way to say what was read."""

    path: Path

    def letters(self, known: Container[str]) -> Iterator[Letter]:
        for message in self._messages():
            letter = Letter(sha256(message).hexdigest(), message)
            if letter.key not in known:
                yield letter

    def mark_read(self, letter: Letter) -> None:
        pass

    def _messages(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            begins = file.read(5)
            if begins != b"From ":
                if begins:
                    yield (begins + file.read(LONGEST))[: LONGEST + 1]
                return
        with closing(mailbox.mbox(self.path, create=False)) as box:
            for key in box.iterkeys():
                yield box.get_file(key).read(LONGEST + 1)


@dataclass(frozen=True)
class Maildir:
    """A folder with a file for each mail: in `new` until somebody has seen that it is there, then
    in `cur`, with flags after its name, of which S says that it was read."""

    path: Path

    def __post_init__(self) -> None:
        if not (self.path / "new").is_dir() or not (self.path / "cur").is_dir():
            raise Unreachable(f"The folder is no Maildir, which has new and cur in it: {self.path}")

    def letters(self, known: Container[str]) -> Iterator[Letter]:
        for file in sorted([*self._files("new"), *self._files("cur")], key=lambda file: file.name):
            key = _name(file)
            if "S" in _flags(file) or key in known:
                continue
            try:
                with file.open("rb") as mail:
                    yield Letter(key, mail.read(LONGEST + 1))
            except FileNotFoundError:
                continue  # somebody else was quicker

    def mark_read(self, letter: Letter) -> None:
        for file in [*self._files("new"), *self._files("cur")]:
            if _name(file) == letter.key:
                flags = "".join(sorted({*_flags(file), "S"}))
                with suppress(FileNotFoundError):  # somebody else was quicker
                    file.rename(self.path / "cur" / f"{letter.key}:2,{flags}")

    def _files(self, folder: str) -> Iterator[Path]:
        files = (self.path / folder).iterdir()
        return (file for file in files if file.is_file() and not file.name.startswith("."))


def _name(file: Path) -> str:
    return file.name.partition(":")[0]


def _flags(file: Path) -> str:
    return file.name.partition(":2,")[2] if file.parent.name == "cur" else ""
