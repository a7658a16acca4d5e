"""Reading our PDFs as somebody does who has them read aloud: their words, tags and claims.

Made for what typst writes: plain objects, and strings whose letters its own fonts' tables name.
"""

import re
import zlib

OBJECT = re.compile(rb"(?<![\d])(\d+) 0 obj\s*(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"(<<.*?>>)\s*stream\r?\n(.*)\r?\nendstream", re.DOTALL)
STRING = rb"\\."
for _ in range(5):  # brackets that come in pairs stand in a string as they are
    STRING = rb"\((?:[^()\\]|\\.|%s)*\)" % STRING
SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|%s|(Tm)" % STRING, re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Paper:
    def __init__(self, pdf):
        assert pdf.startswith(b"%PDF-")
        self.objects = {int(key): body for key, body in OBJECT.findall(pdf)}
        self.pdf = pdf

    @property
    def is_accessible(self):
        """Whether it claims to be PDF/UA-1, which typst lets only what keeps the standard."""
        return any(b"<pdfuaid:part>1<" in self._stream(key) for key in self.objects)

    @property
    def language(self):
        return re.search(rb"/Lang\((.*?)\)", self.pdf)[1].decode()

    @property
    def title(self):
        streams = [self._stream(key) for key in self.objects]
        [title] = re.findall(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", b"".join(streams))
        return title.decode()

    @property
    def pages(self):
        return int(re.search(rb"/Type/Pages/Count (\d+)", self.pdf)[1])

    def tags(self, name):
        """How many structure elements of this name there are, such as TH or H1."""
        return len(re.findall(rb"/StructElem/S/%s[/ ]" % name.encode(), self.pdf))

    @property
    def words(self):
        """What stands on it, in the order it is read, pieces of text apart by a space."""
        fonts = {
            name.decode(): self._letters(int(key))
            for name, key in re.findall(rb"/(f\d+) (\d+) 0 R", self.pdf)
        }
        pages = [s for s in map(self._stream, self.objects) if b" Tf" in s]
        return " ".join(" ".join(_pieces(page, fonts) for page in pages).split())

    def _letters(self, font):
        """What the glyphs of a font mean, by their number."""
        table = int(re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])[1])
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", self._stream(table))
        return {
            int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for glyph, text in pairs
        }

    def _stream(self, key):
        found = STREAM.match(self.objects[key])
        if not found:
            return b""
        return zlib.decompress(found[2]) if b"FlateDecode" in found[1] else found[2]


def _pieces(page, fonts):
    said, letters = [], {}
    for shown in SHOWN.finditer(page):
        if shown[1]:
            letters = fonts[shown[1].decode()]
        elif shown[2]:
            said.append(" ")
        elif shown[0].startswith(b"("):
            text = ESCAPED.sub(_unescaped, shown[0][1:-1])
            glyphs = [int.from_bytes(text[i : i + 2], "big") for i in range(0, len(text), 2)]
            said.append("".join(letters.get(glyph, "") for glyph in glyphs))
    return "".join(said)


def _unescaped(found):
    if found[1].isdigit():
        return bytes([int(found[1], 8)])
    return LETTERS.get(found[1], found[1])
