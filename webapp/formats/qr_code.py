"""A text as a QR code, drawn as the path of an SVG."""

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode


@dataclass(frozen=True)
class Drawing:
    """`size` squares each way, quiet edge included; `path` draws the dark ones."""

    size: int
    path: str


def draw(text: str) -> Drawing:
    code = QRCode(error_correction=ERROR_CORRECT_L)  # shown on a screen, where nothing is torn
    code.add_data(text)
    squares = code.get_matrix()
    dark = [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(squares)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
    return Drawing(len(squares), "".join(dark))
