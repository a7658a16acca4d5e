"""Text files as people's programs save them: which letters the bytes stand for."""


def letters(file: bytes) -> str:
    """The letters, by the mark at the beginning; UTF-16 without one is known by its NULs."""
    encoding = "utf-8-sig"
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in file[:200]:
        encoding = "utf-16-le" if file[1:2] == b"\x00" else "utf-16-be"
    try:
        return file.decode(encoding)
    except UnicodeDecodeError:
        # What a spreadsheet calls "CSV" without more.
        return file.decode("cp1252", errors="replace")
