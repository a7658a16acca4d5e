"""First floor: the nouns. Tables, and the questions a row can answer about itself."""

from webapp.models.access_needs import AccessNeeds
from webapp.models.agencies import Agency, EmailDomain, Sector
from webapp.models.agendas import AgendaItem
from webapp.models.audit import Attempt, AuditLine
from webapp.models.bookings import (
    Attendance,
    Booking,
    BookingState,
    Ending,
)
from webapp.models.causes import Cause
from webapp.models.certificates import Certificate
from webapp.models.charges import Length, Policy, Tariff
from webapp.models.course_dates import CourseDate, CourseDay, DateState, Format
from webapp.models.courses import Course, Interest, Kind, ToldOfDate
from webapp.models.date_messages import DateMessage, WrittenTo
from webapp.models.date_readings import DateReading
from webapp.models.evaluations import Evaluation, Results
from webapp.models.figures import Figures, Line, Report, Seats
from webapp.models.handouts import Handout
from webapp.models.held_places import HeldPlaces
from webapp.models.invites import Invite, Reply
from webapp.models.ladder import LadderStep, Step
from webapp.models.listed_bookings import Attendee, ListedBooking
from webapp.models.news import Announcement, NewsPassage, NewsReading, NewsState, Origin
from webapp.models.organisers import Organiser, Role, RoleName
from webapp.models.outbox import Email
from webapp.models.partnership import BookingTerms, Logo, Partnership
from webapp.models.places import Held, Places
from webapp.models.practitioners import AddressChange, Practitioner
from webapp.models.repeated_tries import RepeatedTry
from webapp.models.team_bookings import TeamBooking, TeamMember
from webapp.models.undo import Undo
from webapp.models.venues import Venue
from webapp.models.weeks import Week

__all__ = [
    "AccessNeeds",
    "AddressChange",
    "Agency",
    "AgendaItem",
    "Announcement",
    "Attempt",
    "Attendance",
    "Attendee",
    "AuditLine",
    "Booking",
    "BookingState",
    "BookingTerms",
    "Cause",
    "Certificate",
    "Course",
    "CourseDate",
    "CourseDay",
    "DateMessage",
    "DateReading",
    "DateState",
    "Email",
    "EmailDomain",
    "Ending",
    "Evaluation",
    "Figures",
    "Format",
    "Handout",
    "Held",
    "HeldPlaces",
    "Interest",
    "Invite",
    "Kind",
    "LadderStep",
    "Length",
    "Line",
    "ListedBooking",
    "Logo",
    "NewsPassage",
    "NewsReading",
    "NewsState",
    "Organiser",
    "Origin",
    "Partnership",
    "Places",
    "Policy",
    "Practitioner",
    "RepeatedTry",
    "Reply",
    "Report",
    "Results",
    "Role",
    "RoleName",
    "Seats",
    "Sector",
    "Step",
    "Tariff",
    "TeamBooking",
    "TeamMember",
    "ToldOfDate",
    "Undo",
    "Venue",
    "Week",
    "WrittenTo",
]
