"""A person of the demo bank, true and whole: what every system would hold if nobody ever mistyped."""

from dataclasses import dataclass
from datetime import date

CORE, CARDS, WEALTH, CALLS, APP = 1, 2, 4, 8, 16


@dataclass(slots=True)
class Person:
    """One invented human being; `systems` is the sum of the systems that know this person.

    `former_mobile` is empty unless the number changed. `is_exact` marks the people of the guided
    tour, whose records carry no dirt.
    """

    number: int
    surname: str
    given: str
    pinyin: str
    is_female: bool
    born: date
    resident_id: str
    mobile: str
    former_mobile: str
    email: str
    address: str
    unit: str
    manager: str
    occupation: str
    employer: str
    education: str
    marital: str
    opened_on: date
    aum: float
    loan: float
    wealth_share: float
    risk: str
    systems: int
    is_exact: bool = False

    @property
    def name(self) -> str:
        """The full name; people without a Han surname have it all in `given`."""
        return self.surname + self.given

    @property
    def key(self) -> str:
        """The person's name in the truth file."""
        return f"P{self.number:08d}"

    @property
    def wealth(self) -> float:
        """Assets in wealth products, in yuan; the rest of the assets are deposits."""
        return round(self.aum * self.wealth_share, 2) if self.systems & WEALTH else 0.0


@dataclass(slots=True)
class Home:
    """Where a household lives and who serves it."""

    region: str
    address: str
    unit: str
    manager: str
