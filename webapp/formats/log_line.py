"""A line of the log for programs to read: one JSON object, without anybody's data."""

import json
from datetime import datetime


def written(at: datetime, level: str, says: str, **facts: object) -> str:
    """The time is the machine's; `facts` are words and numbers."""
    line = {"at": at.isoformat(timespec="milliseconds"), "level": level, "says": says} | facts
    return json.dumps(line, ensure_ascii=False)
