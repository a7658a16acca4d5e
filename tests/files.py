"""Files as people attach them, as small as they can be."""

import zipfile
from io import BytesIO

PDF = b"%PDF-1.7\nnothing but a beginning"


def office(*parts):
    """An Office file with these parts in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part in parts:
            packed.writestr(part, "x")
    return out.getvalue()
