"""What leaves by any door as a file to keep."""

from io import BytesIO

from flask import Response, send_file


def attached(body: bytes, kind: str, name: str) -> Response:
    """`kind` is its MIME type."""
    return send_file(BytesIO(body), mimetype=kind, as_attachment=True, download_name=name)
