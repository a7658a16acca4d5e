"""What the forms share that ask for a number for each sector."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from wtforms import StringField

from webapp.models import Sector
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser.setting_forms import SHORT

PREFIX = "sector-"


class NumbersForm(Form):
    """A box for each sector, above what else the form asks."""

    most: int
    # What the number is of: "Places", "Percentage".
    what: str

    @classmethod
    def of(cls, sectors: Sequence[Sector], **others: Any) -> Self:
        boxes = {f"{PREFIX}{one.id}": fields.line(one.name, width=SHORT) for one in sectors}
        form: Self = type(cls.__name__, (cls,), boxes | others)()
        return form

    @property
    def boxes(self) -> list[StringField]:
        return [field for field in self if field.name.startswith(PREFIX)]

    @property
    def numbers(self) -> dict[int, int | None]:
        """By the sector's id; None where nothing was typed."""
        return {
            int(box.name.removeprefix(PREFIX)): int(box.data) if box.data else None
            for box in self.boxes
        }

    def show_numbers(self, numbers: Mapping[int, int | None]) -> None:
        for sector_id, number in numbers.items():
            self[f"{PREFIX}{sector_id}"].data = None if number is None else str(number)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for box in self.boxes:
            said = box.data or "0"
            if not (said.isascii() and said.isdecimal() and int(said[:9]) <= self.most):
                what = f"{self.what} for {box.label.text}"
                box.errors = [f"{what} must be a number from 0 to {self.most:,}"]
                fine = False
        return fine

    def put_on_first(self, sentence: str) -> None:
        """What is said of all the numbers together, at the first of them."""
        first = next((box for box in self.boxes if box.data), self.boxes[0])
        first.errors = [sentence]
