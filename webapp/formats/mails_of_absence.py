"""The mails about who cannot be spared, or did not come: to line managers, and after a miss."""

from webapp.formats.mail_gaps import OF_COURSE, Mail

GROUPS: dict[str, dict[str, Mail]] = {
    "To line managers": {
        "manager_booked": Mail(
            "When one of their people has a place",
            "{name} has a place: {headline}",
            "{name} has a place on {course}, and named you as line manager.",
        ),
        "manager_week_booked": Mail(
            "When one of their people has booked several sessions of a Week",
            "{name} has {places}: {headline}",
            "{name} has {places} in {course}, and named you as line manager.",
            may_say=OF_COURSE,
        ),
        "manager_changed": Mail(
            "When that place is on another day, or somewhere else",
            "Changed for {name}: {headline}",
            "We told you of the place that {name} has on {course}. When or where has changed.",
        ),
        "manager_no_place": Mail(
            "When that place is cancelled or passed on",
            "{name} no longer has a place: {headline}",
            "We told you of the place that {name} had on {course}. They no longer have it.",
        ),
        "booking_objected": Mail(
            "When a line manager objects: to the person",
            "Your place has been let go: {headline}",
            "Your line manager has told us that you cannot go to {course}, so we have let your"
            " place go.",
        ),
    },
    "After a missed place": {
        "missed_note": Mail(
            "When somebody missed a place: to themselves",
            "We missed you: {headline}",
            "You had a place on {course} and {what happened}. We hope that all is well.",
        ),
        "missed_manager": Mail(
            "When somebody missed a place: to their line manager",
            "A missed place: {name}, {headline}",
            "{name}, who named you as line manager, had a place on {course} and {what happened}.",
        ),
        "missed_lead": Mail(
            "When somebody missed a place: to who leads on training in their agency",
            "A missed place: {name}, {headline}",
            "{name} of your agency had a place on {course} and {what happened}.",
        ),
        "approval_asked": Mail(
            "When a booking waits until you allow it",
            "We look at your booking first: {headline}",
            "Thank you for booking {course}. You do not have a place yet: your booking waits until"
            " we have looked at it.",
        ),
        "approval_by_colleague": Mail(
            "When that is what a colleague booked for them, or passed on to them",
            "We look at your booking first: {headline}",
            "{colleague} wants you to come to {course}. You do not have a place yet: the booking"
            " waits until we have looked at it. If that surprises you, please tell us.",
        ),
        "approval_given_up": Mail(
            "When somebody gives such a booking up",
            "You have given your booking up: {headline}",
            "You have given up your booking of {course}, which was waiting for us.",
        ),
        "approval_refused": Mail(
            "When you do not allow such a booking",
            "We cannot give you a place: {headline}",
            "We have looked at your booking of {course}, and cannot give you a place.",
        ),
    },
}
