"""What people say of themselves when they book."""

from dataclasses import dataclass

from webapp.models import AccessNeeds, Agency, Booking


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person says of themselves when they book."""

    name: str
    agency: Agency
    organisation: str | None = None
    job_role: str
    team: str | None = None
    phone: str | None = None
    manager_name: str | None = None
    manager_email: str | None = None
    access: str | None = None
    dietary: str | None = None


def details_of(booking: Booking) -> Details:
    """What this person said of themselves, as a form or another booking takes it."""
    needs = booking.access_needs
    return Details(
        name=booking.name,
        agency=booking.agency,
        organisation=booking.organisation,
        job_role=booking.job_role,
        team=booking.team,
        phone=booking.phone,
        manager_name=booking.manager_name,
        manager_email=booking.manager_email,
        access=needs.access if needs else None,
        dietary=needs.dietary if needs else None,
    )


def write(booking: Booking, details: Details) -> None:
    """Put it on the booking; needs apart, so that they can be forgotten."""
    booking.name = details.name
    if booking.agency_id != details.agency.id:
        booking.agency = details.agency
    booking.organisation, booking.job_role = details.organisation, details.job_role
    booking.team, booking.phone = details.team, details.phone
    booking.manager_name, booking.manager_email = details.manager_name, details.manager_email
    if details.access or details.dietary:
        needs = booking.access_needs or AccessNeeds()
        needs.access, needs.dietary = details.access, details.dietary
        booking.access_needs = needs
    else:
        booking.access_needs = None
