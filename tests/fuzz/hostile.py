"""What nobody types by mistake: words that break programs which trust them."""

# A page that shows one of these as markup has run it.
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
)
# A spreadsheet that takes one of these for a formula reckons with it.
FORMULAS = ('=HYPERLINK("http://x.example")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1")
# A header or a mail that has one of these whole has another line.
LINES = ("a\r\nX-Injected: yes", "a\nBcc: x@stranger.example", "a\x00b", "a\u2028b", "a\x85b")
NUMBERS = (
    *(
        "-1",
        "0",
        "1",
        "2",
        "3",
        "999999999",
        "9999999999",
        "9" * 40,
        "1e400",
        "NaN",
        "-0",
        "٣",
        "²",
    ),
    *("0x10", "1.5", "1,5", "true", "null", "[]", "{}", "inf", " 7 ", "007"),
)
MOMENTS = (
    *("2025-02-30", "2025-13", "0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "2025-05"),
    *("2025-W20", "24:00", "9:5", "-1:00", "99:99", "31/2/2025", "31 June", "1.30am", "٢٠٢٥-٠٥-٠١"),
    *("2025-05-01T10:00", "2025-03-30", "01:30", "noon", "2024-25", "2025", "1 1 1"),
)
WORDS = (
    *(
        "",
        " ",
        "a",
        "é" * 50,
        "عائشة",
        "🙂" * 40,
        "\u202egnirts",
        "\ufeff",
        "%",
        "_",
        "%s",
        "..",
        "/",
    ),
    *("' OR 1=1 --", '"; DROP TABLE booking; --', "\\", "../../etc/passwd", "a" * 10_000),
    *(
        "ann@agency.example",
        "a@b",
        "@",
        "a@b@c",
        "=?utf-8?q?x?=@x.example",
        "a" * 250 + "@x.example",
    ),
    *("//stranger.example", "https://stranger.example/", "/\\stranger.example", "None", "on", "y"),
    *(
        "Nurse, Ann, ann@agency.example\n" * 30,
        "Ann <ann@agency.example>; Ben",
        ",,,\n\n;;",
        "[1](2)",
    ),
)
EVERYTHING = (*MARKUP, *FORMULAS, *LINES, *NUMBERS, *MOMENTS, *WORDS)
# Of an address as it is written, past what a browser would let anybody type.
IN_ADDRESSES = (
    *(
        "%00",
        "%ff%fe",
        "%0d%0aX-Injected:%20yes",
        "..%2f..%2f",
        "%252e",
        "?",
        "#",
        "'",
        "%F0%9F%99%82",
    ),
    *("-", "0", "-1", "1", "2", "99999999999", "9" * 30, "%D9%A3", "a", "1-", "1-1-", "1-x", "%20"),
)
# Files by their names, and what is in them.
FILES = {
    "table.csv": b"Name,Email\nAnn,ann@agency.example\n",
    "empty.csv": b"",
    "one.csv": b"\xff\xfe\x00\x00",
    "utf16.csv": "Name,Email\nAnn,ann@agency.example\n".encode("utf-16"),
    "quotes.csv": b'"Name,"Email"\n"""\n"a\nb",c\n',
    "wide.csv": b",".join([b"x"] * 3000) + b"\n",
    "long.csv": b"a,b\n" * 20_000,
    "nul.csv": b"Name,Email\n\x00,\x00\n",
    "slides.pdf": b"%PDF-1.7 slides",
    "page.html": b"<html><script>alert(1)</script>",
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><a/></svg>',
    "bomb.svg": b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    "book.xlsx": b"PK\x03\x04" + b"\x00" * 60,
    "../../up.csv": b"Name\nAnn\n",
    "a" * 300 + ".csv": b"Name\n",
    "name\r\nX-Injected: yes.pdf": b"%PDF-1.7",
    "": b"x",
}
