"""The mails about what somebody books for colleagues of their team: see `mails`."""

from webapp.formats.mail_gaps import OF_DATE, Mail

TEAM = {
    "booked_by_colleague": Mail(
        "When a colleague books somebody a place",
        "You have a place: {headline}",
        "You have a place on {course}: {colleague} booked this for you. If that surprises you,"
        " please tell us.",
    ),
    "waits_by_colleague": Mail(
        "When a colleague puts somebody on the waiting list",
        "You are on the waiting list: {headline}",
        "You are {position} on the waiting list for {course}: {colleague} booked this for you."
        " You do not have a place yet. If that surprises you, please tell us.",
    ),
    "booked_already": Mail(
        "When a colleague books for somebody who has booked already",
        "You have booked this already: {headline}",
        "{colleague} wanted to book {course} for you. You have a booking of your own, which"
        " stays as it is. {colleague} does not learn of it from us.",
    ),
    "booking_cancelled_by_booker": Mail(
        "When whoever booked for a colleague cancels it",
        "Your booking is cancelled: {headline}",
        "{colleague}, who had booked this for you, has cancelled {your place}.",
    ),
    "team_booked": Mail(
        "When somebody has booked for colleagues: to themselves",
        "You booked for colleagues: {headline}",
        "You booked {course} for colleagues. We have written to each of them.",
        may_say=OF_DATE,
    ),
}
