"""What a night of the worker forgets, as the tests want it: all at once, or one kind alone."""

from webapp.db import db
from webapp.services import retention

NEEDS = "What people need"
FORGETS = len(retention.RECORDS)


def forget(now, *kinds):
    """Everything that is due, or only these kinds by their names; says how many of each."""
    found = {}
    for record in retention.RECORDS:
        if kinds and record.name not in kinds:
            continue
        last, number = retention.step(record, 0, now=now)
        while number:
            found[record.name] = found.get(record.name, 0) + number
            db.session.commit()
            last, number = retention.step(record, last, now=now)
    db.session.commit()
    db.session.expire_all()
    return found
