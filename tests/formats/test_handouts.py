import zipfile
from io import BytesIO

import pytest

from tests.files import PDF, office
from webapp.errors import Refused
from webapp.formats import handouts as files

PNG = b"\x89PNG\r\n\x1a\n..."
JPEG = b"\xff\xd8\xff\xe0..."


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("Slides.PDF", PDF, "Slides.pdf"),
        ("Bild.jpeg", JPEG, "Bild.jpeg"),
        ("plan.png", PNG, "plan.png"),
        ("talk.pptx", office("ppt/presentation.xml"), "talk.pptx"),
        ("notes.docx", office("word/document.xml"), "notes.docx"),
        ("list.xlsx", office("xl/workbook.xml"), "list.xlsx"),
        ("../../etc/Siân’s notes.pdf", PDF, "Siân’s notes.pdf"),
        ("C:\\temp\\a.b  c.pdf", PDF, "a.b c.pdf"),
        ('a"\r\nX: y\u202efdp.exe.pdf', PDF, "aX yfdp.exe.pdf"),
        (f"{'x' * 300}.pdf", PDF, f"{'x' * 116}.pdf"),
        ("...hidden.pdf", PDF, "hidden.pdf"),
    ],
)
def test_a_file_is_kept_under_a_name_that_does_no_harm(name, content, kept):
    assert files.checked(name, content) == kept
    assert len(kept) <= files.LONGEST_NAME
    assert files.mimetype(kept.rpartition(".")[2])


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "pdf", ".pdf", "a.pdf.exe", "", "."])
def test_other_kinds_of_files_are_refused(name):
    with pytest.raises(Refused, match="The file must be PDF"):
        files.checked(name, PDF)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.png", PDF),
        ("a.pptx", b"PK\x03\x04 and no more"),
        ("a.pptx", office("word/document.xml")),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content):
    with pytest.raises(Refused, match="not a file of the kind its name says"):
        files.checked(name, content)


def test_a_file_that_is_too_big_is_refused():
    with pytest.raises(Refused, match="smaller than 10 MB"):
        files.checked("a.pdf", PDF + b"x" * files.LARGEST)


def test_a_packed_file_of_many_parts_is_looked_at_without_unpacking_it():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("ppt/presentation.xml", b"0" * 50_000_000)
    assert len(out.getvalue()) < 100_000
    assert files.checked("bomb.pptx", out.getvalue()) == "bomb.pptx"
