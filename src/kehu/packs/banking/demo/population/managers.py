"""The relationship managers of the demo bank, about one for 250 customers, spread as the customers are."""

from kehu.packs.banking.demo.draw import names, places
from kehu.packs.banking.demo.draw.dice import Dice
from kehu.packs.banking.pack import DEMO_USERS, MAIL_DOMAIN, UNITS, DemoUser

_CUSTOMERS_EACH = 250
_BORN = 1990


def relationship_managers(dice: Dice, customers: int) -> list[DemoUser]:
    """Return the named managers of the pack, one for each other sub-branch, and as many as are needed."""
    parents = {unit.parent for unit in UNITS}
    managers = [user for user in DEMO_USERS if user.role == "relationship_manager"]
    covered = {user.unit for user in managers}
    units = [unit.code for unit in UNITS if unit.code not in parents and unit.code not in covered]
    wanted = max(len(units), customers // _CUSTOMERS_EACH - len(managers))
    units += [places.unit_for(dice, places.home(dice)) for _ in range(wanted - len(units))]
    for number, unit in enumerate(units, start=1):
        family = names.surname(dice)
        given = names.given_name(dice, _BORN, is_female=dice.chance(0.5))
        email = f"{family.pinyin}.{number:03d}@{MAIL_DOMAIN}"
        managers.append(DemoUser(email, family.hanzi + given, "relationship_manager", unit))
    return managers


def by_unit(managers: list[DemoUser]) -> dict[str, list[str]]:
    """Return the e-mails of each unit's managers."""
    units: dict[str, list[str]] = {}
    for user in managers:
        units.setdefault(user.unit, []).append(user.email)
    return units
