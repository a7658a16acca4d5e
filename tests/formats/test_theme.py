import pytest

from webapp.formats import theme


def test_the_colour_stands_in_the_stylesheet():
    assert "--accent: #5c2751;" in theme.stylesheet("#5C2751")


@pytest.mark.parametrize(
    "colour", ["", "red", "#12345", "#12345g", "#123456;}body{display:none", "#123456\n"]
)
def test_what_is_no_colour_becomes_a_plain_one(colour):
    assert theme.stylesheet(colour) == theme.stylesheet(theme.PLAIN)


@pytest.mark.parametrize(
    "colour", ["#5c2751", "#ffdd00", "#808080", "#777777", "#ffffff", "#000000"]
)
def test_what_is_written_on_it_can_be_read(colour):
    lines = dict(
        line.strip(" ;").split(": ") for line in theme.stylesheet(colour).splitlines()[1:-1]
    )
    assert theme.contrast(lines["--accent"], lines["--on-accent"]) >= 4.5
    assert theme.contrast(lines["--accent-line"], "#ffffff") >= 3
    assert theme.contrast(lines["--tint"], "#0b0c0c") >= 7


def test_contrast_is_reckoned_as_wcag_does():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
