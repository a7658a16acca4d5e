"""The bytes of a message by the rules of MIME: headers, and bodies in parts that hold parts.

The library's own EmailMessage parses each header that it is given and folds it again, which takes
most of the time of writing a mail. Here what is plain goes as it stands; all else goes by the
library.
"""

from base64 import encodebytes
from binascii import b2a_qp
from email.headerregistry import Address
from email.policy import SMTP

from webapp.config import MAILBOX

# RFC 5322, 2.1.1; a longer one is folded.
LONGEST_LINE = 78
END = "\r\n"


def message(headers: dict[str, str | Address], body: bytes) -> bytes:
    """The body is one of the parts below."""
    written = "".join(_header(name, value) for name, value in headers.items())
    return f"{written}MIME-Version: 1.0{END}".encode() + body


def mailbox(name: str, address: str) -> str | Address:
    """The name holds nothing that a display name has to quote. Raises ValueError of what is no
    address."""
    if name.isascii() and MAILBOX.fullmatch(address):
        return f"{name} <{address}>" if name else address
    return Address(name, addr_spec=address)


def text(kind: str, words: str) -> bytes:
    """Lines that end in plain line feeds, as text/`kind`."""
    body = b2a_qp(words.replace("\n", END).encode(), istext=True)
    return _part(f'text/{kind}; charset="utf-8"', "quoted-printable", body)


def file(kind: str, content: bytes, *more: str) -> bytes:
    """`more` are further headers."""
    body = encodebytes(content).replace(b"\n", END.encode())
    return _part(kind, "base64", body, *more)


def multipart(kind: str, *parts: bytes) -> bytes:
    """Its boundary can be in no part: what is encoded in either way has no "=_" (RFC 2045, 6.7)."""
    boundary = f"=_{kind}"
    opens, closes = f"--{boundary}{END}".encode(), f"--{boundary}--{END}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{END}{END}'.encode()
    return head + b"".join(opens + part + END.encode() for part in parts) + closes


def _part(kind: str, encoding: str, body: bytes, *more: str) -> bytes:
    headers = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *more, "", ""]
    return END.join(headers).replace("; ", f";{END} ").encode() + body


def _header(name: str, value: str | Address) -> str:
    line = f"{name}: {value}"
    is_plain = isinstance(value, str) and value.isascii() and value.isprintable()
    if is_plain and len(line) <= LONGEST_LINE:
        return line + END
    return str(SMTP.fold(*SMTP.header_store_parse(name, value)))
