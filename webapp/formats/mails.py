"""The mails that go to practitioners by themselves, and the words of them that a partnership may
choose: these are ours until then. Facts, such as when, where and links, are the templates'."""

from webapp.formats import mails_of_absence
from webapp.formats.mail_gaps import OF_COURSE, Mail
from webapp.formats.team_mails import TEAM

# By the template of the mail.
GROUPS: dict[str, dict[str, Mail]] = {
    "Booking": {
        "booking_confirmed": Mail(
            "When somebody has a place",
            "You have a place: {headline}",
            "You have a place on {course}.",
        ),
        "booking_waiting": Mail(
            "When somebody is on the waiting list",
            "You are on the waiting list: {headline}",
            "You are {position} on the waiting list for {course}. You do not have a place yet.",
        ),
        "week_booked": Mail(
            "When somebody has booked sessions of a Week",
            "{standing}: {headline}",
            "{standing} in {course}. This is how each session stands.",
            may_say=OF_COURSE,
        ),
        "booking_offered": Mail(
            "When a place is kept for somebody who waited",
            "A place is kept for you: {headline}",
            "A place has come free on {course}. It is kept for you until {deadline}.",
        ),
        "place_to_take": Mail(
            "When a place comes free near the start: to all who wait",
            "A place to take: {headline}",
            "A place has come free on {course}. As it starts soon, we have written to everybody who"
            " waits: the first to take the place has it.",
        ),
        "offer_declined": Mail(
            "When somebody lets such a place go",
            "You have let a place go: {headline}",
            "You have let the place go that was kept for you on {course}. Thank you: somebody else"
            " can have it now.",
        ),
        "offer_lapsed": Mail(
            "When nobody took such a place in time",
            "Your offer has ended: {headline}",
            "The place on {course} that was kept for you until {deadline} was not taken up, so we"
            " have let it go. You are no longer on the waiting list.",
        ),
        "booking_declined": Mail(
            "When a calendar declines the invitation",
            "Shall we release your place? {headline}",
            "Your calendar has told us that you decline {course}. You still have your place: we"
            " give none away because of what a calendar says.",
        ),
        "booking_kept": Mail(
            "When somebody whose calendar declined comes all the same",
            "You keep your place: {headline}",
            "You keep your place on {course}.",
        ),
        "booking_cancelled": Mail(
            "When somebody cancels",
            "Your booking is cancelled: {headline}",
            "You have cancelled your place on {course}. Thank you for telling us: somebody else"
            " can have it now.",
        ),
        "left_waiting_list": Mail(
            "When somebody leaves the waiting list",
            "You have left the waiting list: {headline}",
            "You have left the waiting list for {course}.",
        ),
    },
    "Another date, or a colleague": {
        "date_chosen": Mail(
            "When somebody takes another date",
            "Your new date: {headline}",
            "You have taken another date of {course}.",
        ),
        "booking_substituted": Mail(
            "When a colleague goes instead: to who stays away",
            "A colleague goes instead of you: {headline}",
            "Your place on {course} has been passed on to {colleague}, who goes instead of you.",
        ),
        "colleague_sent": Mail(
            "When a colleague goes instead: to who was sent",
            "You have a place: {headline}",
            "You have a place on {course}: you go instead of {colleague}, who passed it on to you."
            " If that surprises you, please tell us.",
        ),
    },
    "Booking for a team": TEAM,
    "What you change": {
        "booking_changed": Mail(
            "When time, place or link of a date change",
            "Changed: {headline}",
            "Something has changed on {course}.",
        ),
        "date_postponed": Mail(
            "When a date is postponed",
            "Postponed: {headline}",
            "{course} has been postponed. There is no new date yet.",
        ),
        "date_back_on": Mail(
            "When a postponed date has a new day",
            "New date: {headline}",
            "{course}, which was postponed, has a new date.",
        ),
        "date_cancelled": Mail(
            "When a date is cancelled",
            "Cancelled: {headline}",
            "{what is cancelled} has been cancelled. It will not take place.",
        ),
        "booking_moved": Mail(
            "When you move somebody to another date",
            "You have been moved: {headline}",
            "We have moved you to another date of {course}.",
        ),
        "booking_cancelled_by_organiser": Mail(
            "When you cancel a booking",
            "We have cancelled your booking: {headline}",
            "We have cancelled {your place}.",
        ),
        "stands_in": Mail(
            "When you pass a place on: to the colleague",
            "You have a place: {headline}",
            "You have a place on {course}: you go instead of {colleague}. We passed the place on to"
            " you. If that surprises you, please tell us.",
        ),
    },
    "Before and after a date": {
        "joining_instructions": Mail(
            "Joining instructions",
            "{how}: {headline}",
            "You have a place on {course}. Here is what you need to take part.",
        ),
        "reminder": Mail(
            "Some days before, as a reminder",
            "A reminder: {headline}",
            "You have a place on {course}. We look forward to seeing you.",
        ),
        "reminder_online": Mail(
            "On the morning of an online session",
            "Today: {headline}",
            "{course} is today. Here is the link to join.",
        ),
        "evaluation": Mail(
            "When somebody is asked what a training was like",
            "What was it like? {headline}",
            "Thank you for coming to {course}. What was it like? Five short questions take two"
            " minutes, and help us to make it better.",
        ),
        "evaluation_reminder": Mail(
            "When somebody is reminded of that",
            "A reminder: what was it like? {headline}",
            "Some days ago we asked you what {course} was like. You have not answered yet. If you"
            " would like to, it takes two minutes; we do not remind you again.",
        ),
        "certificate": Mail(
            "When somebody gets a certificate",
            "Your certificate: {headline}",
            "Thank you for coming to {course}. Here is your certificate of attendance.",
        ),
        "certificate_withdrawn": Mail(
            "When a certificate is withdrawn",
            "Your certificate has been withdrawn: {headline}",
            "We have put the register of {course} right. It no longer says that you were there for"
            " all of it, so the certificate we sent you has been withdrawn and does not count any"
            " more.",
        ),
    },
    **mails_of_absence.GROUPS,
    "Interest in a course": {
        "interest_registered": Mail(
            "When somebody wants to hear of new dates",
            "We will tell you of new dates: {headline}",
            "We have noted that you would like to come to {course}. As soon as there is a new"
            " date, we write to you.",
            may_say=OF_COURSE,
        ),
        "new_date": Mail(
            "When there are new dates",
            "{new dates}: {headline}",
            "You asked us to tell you of new dates of {course}. Places go to those who book first.",
            may_say=OF_COURSE,
        ),
        "interest_withdrawn": Mail(
            "When somebody no longer wants to hear of them",
            "We will not write about new dates: {headline}",
            "You asked us not to write to you about new dates of {course} any more. We have taken"
            " you off that list.",
            may_say=OF_COURSE,
        ),
    },
}
MAILS = {kind: mail for group in GROUPS.values() for kind, mail in group.items()}
