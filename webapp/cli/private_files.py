"""Files in `instance/` that nobody else on the machine may read, written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_once(file: Path, text: str) -> bool:
    """Write the file unless there is one; False when there is, however close the race."""
    try:
        with made_once(file) as draft:
            draft.write_text(text, "utf-8")
    except FileExistsError:
        return False
    return True


def write(file: Path, text: str) -> None:
    """Write the file, in the place of one that may be there."""
    with _draft(file) as draft:
        draft.write_text(text, "utf-8")
        _keep(draft)
        draft.replace(file)


@contextmanager
def made_once(file: Path) -> Iterator[Path]:
    """A draft to fill, which becomes the file at the end. Raises FileExistsError if there is one,
    and leaves nothing behind when it could not be filled."""
    with _draft(file) as draft:
        yield draft
        _keep(draft)
        os.link(draft, file)


@contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """Beside the file, made exclusively and with mode 600."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _keep(draft: Path) -> None:
    """On the disk itself, before it gets the name that counts."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
