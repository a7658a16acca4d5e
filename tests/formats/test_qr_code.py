import re

from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from webapp.formats import qr_code


def test_every_dark_square_is_drawn_where_it_belongs():
    drawing = qr_code.draw("otpauth://totp/Training:ann@example.org?secret=ABC")

    code = QRCode(error_correction=ERROR_CORRECT_L)
    code.add_data("otpauth://totp/Training:ann@example.org?secret=ABC")
    squares = code.get_matrix()
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawing.path)}
    assert drawn == {(x, y) for y, row in enumerate(squares) for x, dark in enumerate(row) if dark}
    assert drawing.size == len(squares)


def test_the_edge_is_quiet():
    drawing = qr_code.draw("anything")

    xs = [int(x) for x in re.findall(r"M(\d+) ", drawing.path)]
    assert min(xs) == 4
    assert max(xs) == drawing.size - 5
