"""Files in `instance/` that nobody else on the machine may read, written whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_once(file: Path, text: str) -> bool:
    """Write the file unless there is one; False when there is, however close the race."""
    draft = _draft(file, text)
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def write(file: Path, text: str) -> None:
    """Write the file, in the place of one that may be there."""
    _draft(file, text).replace(file)


def _draft(file: Path, text: str) -> Path:
    """Beside the file, opened exclusively and with mode 600."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    return Path(name)
