"""Files that may be attached to a date: which kinds, and whether one is what its name says."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

from webapp.errors import Refused

LARGEST = 10_000_000
LONGEST_NAME = 120
KINDS = "PDF, PowerPoint (.pptx), Word (.docx), Excel (.xlsx), PNG or JPEG"
OFFICE = "application/vnd.openxmlformats-officedocument."
# By ending: the type it is sent as, and how its bytes begin.
TYPES: Mapping[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "pptx": (f"{OFFICE}presentationml.presentation", b"PK\x03\x04"),
    "docx": (f"{OFFICE}wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", b"PK\x03\x04"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}
# Where the main part of an Office file lies.
PARTS = {"pptx": "ppt/", "docx": "word/", "xlsx": "xl/"}
# What systems or headers take for something else, and what nobody can see.
UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f"*:<>?|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


def checked(name: str, content: bytes) -> str:
    """The name it is kept under. Raises Refused for what it should not be or is not."""
    base = UNFIT.sub("", re.split(r"[/\\]", name)[-1])
    stem, _, ending = " ".join(base.split()).rpartition(".")
    ending = ending.lower()
    if not stem.strip(". ") or ending not in TYPES:
        raise Refused(f"The file must be {KINDS}")
    if len(content) > LARGEST:
        raise Refused(f"The file must be smaller than {LARGEST // 1_000_000} MB")
    if not content.startswith(TYPES[ending][1]) or (ending in PARTS and not _is(ending, content)):
        raise Refused(f"This is not a file of the kind its name says, “.{ending}”")
    return f"{stem.strip('. ')[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def mimetype(ending: str) -> str:
    return TYPES[ending][0]


def _is(ending: str, content: bytes) -> bool:
    """Whether it has the part that makes it one, and no macros."""
    try:
        names = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    inside = any(name.startswith(PARTS[ending]) for name in names)
    return inside and not any(name.lower().endswith("vbaproject.bin") for name in names)
