"""The partnership's one accent colour as a stylesheet: text on it can always be read."""

import re

PLAIN = "#1d70b8"
WHITE, BLACK = "#ffffff", "#000000"


def stylesheet(colour: str) -> str:
    """CSS custom properties for `colour` ("#rrggbb"); anything else becomes a plain blue."""
    accent = valid(colour)
    properties = {
        "--accent": accent,
        # One of the two always reaches the 4.5:1 of WCAG 1.4.3.
        "--on-accent": WHITE if contrast(accent, WHITE) >= 4.5 else BLACK,
        # For lines and blocks on white, which WCAG 1.4.11 wants at 3:1.
        "--accent-line": accent if contrast(accent, WHITE) >= 3 else BLACK,
        "--tint": mixed(accent, 0.07),
        "--govuk-brand-colour": "var(--accent-line)",
        "--govuk-template-background-colour": "var(--tint)",
        "--govuk-surface-background-colour": "var(--tint)",
        "--govuk-surface-border-colour": mixed(accent, 0.35),
    }
    lines = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{lines}}}\n"


def valid(colour: str) -> str:
    """ "#rrggbb" in small letters; a plain blue for anything else."""
    return colour.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", colour or "") else PLAIN


def contrast(one: str, other: str) -> float:
    """The ratio WCAG 2.2 reckons between two "#rrggbb" colours: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, share: float) -> str:
    """`colour` thinned with white, as "#rrggbb"."""
    return "#" + "".join(f"{round(255 - (255 - part) * share):02x}" for part in _parts(colour))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
