"""What the forms that book for somebody share: where that person works, and all the answers as the
service takes them."""

from collections.abc import Mapping
from typing import Any

from webapp.models.agencies import stands_for_many
from webapp.services import agencies
from webapp.services.details import Details
from webapp.web.fields import Form


class PersonForm(Form):
    """Asks for the `agency` out of a list and, where the list has no name, the `organisation`."""

    which = "Enter the name of your organisation"

    def offer(self, choices: Mapping[str, Mapping[int, str]]) -> None:
        """These agencies to choose from, by sector."""
        self.agency.choices = choices
        self._nameless = {
            key
            for names in choices.values()
            for key, name in names.items()
            if stands_for_many(name)
        }

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        return not self.ask_which() and fine

    def ask_which(self) -> bool:
        """Whether the name of the organisation is missing: the list has none for it."""
        missing = self.agency.data in self._nameless and not self.organisation.data
        if missing:
            self.organisation.errors = [self.which]
        return missing

    def details(self) -> Details:
        """The answers to what this form asks."""
        facts: dict[str, Any] = {
            name: self[name].data
            for name in Details.__dataclass_fields__
            if name in self and name != "agency"
        }
        return Details(agency=agencies.get(self.agency.data), **facts)
