import json

import pytest

PAGE = """Latest news

Neglect Toolkit Briefing

Published 1 April 2025.

  • Tuesday 6 May, 9.00am to 10.00am
  • Wednesday 9 May, 11.30am to midday

All will be held via MS Teams

Book a place online.

Referral form updated

Published 28 March 2025.

The form has changed.
"""


@pytest.fixture
def read(app):
    def run(*arguments, **more):
        return app.test_cli_runner().invoke(args=["news", "read", *map(str, arguments)], **more)

    return run


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_page_is_told_in_words(read, file):
    result = read(file, "--published", "2025-04-01")

    assert result.exit_code == 0
    assert "Neglect Toolkit Briefing\n  Training: " in result.output
    assert "  Tuesday 6 May 2025, 9am to 10am\n" in result.output
    assert "Referral form updated\n  Not training: " in result.output
    assert ", 1 of training." in result.output


def test_a_weekday_that_does_not_fit_is_told_with_what_it_may_be(read, file):
    told = read(file, "--published", "2025-04-01").output

    assert "Friday 9 May 2025, 11.30am to midday" in told
    assert "In conflict: the page says Wednesday." in told
    assert "It may be Friday 9 May 2025: " in told


def test_a_page_is_told_as_json(read, file):
    result = read(file, "--published=2025-04-01", "--json")
    told = json.loads(result.output)["items"]

    briefing = next(item for item in told if item["title"] == "Neglect Toolkit Briefing")
    assert briefing["kind"] == "briefing"
    assert briefing["sessions"][0]["date"] == "2025-05-06"
    assert result.output.isascii()


def test_the_day_of_the_page_may_be_unknown(read, tmp_path):
    (tmp_path / "page.txt").write_text("Neglect course\n\nTuesday 6 May, 9am to 10am\n\nBook now")

    for published in ([], ["--published="], ["--published", ""]):
        result = read(tmp_path / "page.txt", *published)
        assert result.exit_code == 0
        assert "6 May, year not known, 9am to 10am" in result.output


def test_a_page_may_be_piped(read):
    assert "Neglect Toolkit Briefing" in read("-", input=PAGE).output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "There are no words on this page."),
        (b"%PDF-1.7", "This file is a PDF"),
        (b"x" * 1_000_001, "longer than 1,000,000 characters"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_a_sentence(read, file, content, says):
    file.write_bytes(content)

    result = read(file)

    assert (result.exit_code, result.output.startswith("Error: ")) == (1, True)
    assert says in result.output


def test_a_file_that_is_not_there_ends_with_a_sentence(read, tmp_path):
    result = read(tmp_path / "nothing.txt")

    assert result.exit_code == 1
    assert "cannot be read: No such file or directory." in result.output


@pytest.mark.parametrize("published", ["16/04/2025", "2025-02-30", "yesterday"])
def test_a_date_that_is_none_ends_with_a_sentence(read, file, published):
    result = read(file, "--published", published)

    assert result.exit_code == 1
    assert f"Error: {published} is no date." in result.output


def test_reading_needs_neither_database_nor_key(tmp_path, file, monkeypatch):
    from webapp import create_app

    monkeypatch.setenv("WEBAPP_INSTANCE", str(tmp_path / "fresh"))
    monkeypatch.setenv("WEBAPP_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    result = create_app().test_cli_runner().invoke(args=["news", "read", str(file)])

    assert result.exit_code == 0
    assert "Neglect Toolkit Briefing" in result.output
