"""How dirty the demo bank is: the shares that its tests measure again in the files."""

from dataclasses import dataclass

from kehu.packs.banking.demo.population.person import APP, CALLS, CARDS, CORE, WEALTH


@dataclass(frozen=True, slots=True)
class Rates:
    """How much dirt, as shares. Of people: `changed_mobile`, `shared_mobile`, `twins`, `namesakes`.

    Of copies in a system: the rest. `typo` holds for each field by itself. With systems that never
    hold an ID (calls, app), `without_id` leaves 35 % of all records without one.
    """

    changed_mobile: float = 0.08
    shared_mobile: float = 0.03
    twins: float = 0.005
    namesakes: float = 0.005
    typo: float = 0.05
    former_mobile: float = 0.5
    short_id: float = 0.02
    wrong_check_digit: float = 0.003
    other_id: float = 0.001
    unreadable: float = 0.0005
    spelled_mobile: float = 0.04


RATES = Rates()
WITHOUT_ID = {CORE: 0.03, CARDS: 0.10, WEALTH: 0.12, CALLS: 1.0, APP: 1.0}
