"""Why somebody cannot come, in the few words that rules know."""

from enum import StrEnum


class Cause(StrEnum):
    """Why somebody cannot come, as they say it themselves. The first two are excused."""

    ILLNESS = "illness"
    # Called to work that cannot wait, such as a child to be seen today.
    DUTY = "duty"
    OTHER = "other"


EXCUSED = (Cause.ILLNESS, Cause.DUTY)
