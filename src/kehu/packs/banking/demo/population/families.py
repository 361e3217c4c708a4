"""Households: singles, couples, children, grandparents, twins; and the traps that families set.

Family members share an address and sometimes a mobile; twins share a birth date besides, and their
IDs stand side by side; a namesake shares a name with somebody unrelated.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from kehu.packs.banking.demo.draw import names, numbers, places
from kehu.packs.banking.demo.draw.dice import Dice
from kehu.packs.banking.demo.draw.names import Surname
from kehu.packs.banking.demo.population.census import ADULT, OLD, Census, age_on
from kehu.packs.banking.demo.population.guided_tour import tour_family
from kehu.packs.banking.demo.population.person import Home, Person
from kehu.packs.banking.demo.rates import RATES

_KINDS = ("single",) * 8 + ("couple",) * 4 + ("parents",) * 5 + ("three generations",) * 2 + ("one parent",)
_PEOPLE_A_HOUSEHOLD = 2.05
_MINORITIES = 0.003
_REMEMBERED = 512
_SAME_DAY = 0.05
_TWINS_SHARE_MOBILE = 0.1
_SHARING = {"child": 0.11, "old": 0.095, "other": 0.032}


def draw_people(census: Census, managers: Mapping[str, Sequence[str]]) -> Iterator[Person]:
    """Draw people without end, family by family: first that of the guided tour.

    `managers` are the e-mails of the relationship managers of every sub-branch.
    """
    return chain(tour_family(census), chain.from_iterable(Households(census, managers)))


class Households:
    """Draw households without end; each is a list of people with the head first."""

    def __init__(self, census: Census, managers: Mapping[str, Sequence[str]]) -> None:
        self._census = census
        self._dice: Dice = census.dice
        self._managers = managers
        self._met: deque[Person] = deque(maxlen=_REMEMBERED)

    def __iter__(self) -> Iterator[list[Person]]:
        while True:
            yield self._household()

    def _household(self) -> list[Person]:
        dice = self._dice
        place = places.home(dice)
        home = self._home(place)
        if dice.chance(RATES.twins / 2 * _PEOPLE_A_HOUSEHOLD):
            return self._with_children(home, twins=True)
        if dice.chance(_MINORITIES):
            return [self._minority(home)]
        kind = dice.pick(_KINDS)
        if kind == "single":
            return [self._single(home)]
        if kind == "couple":
            return self._share(self._couple(home, dice.between(24, 82)))
        if kind == "one parent":
            return self._share([*self._parent_and_child(home)])
        members = self._with_children(home, twins=False)
        if kind == "three generations":
            members.append(self._grandparent(home, members[0]))
        return self._share(members)

    def _home(self, place: places.Place) -> Home:
        dice = self._dice
        unit = places.unit_for(dice, place)
        region = places.birthplace(dice, place).code
        return Home(region, places.address(dice, place), unit, dice.pick(self._managers[unit]))

    def _single(self, home: Home) -> Person:
        dice = self._dice
        if self._met and dice.chance(RATES.namesakes * _PEOPLE_A_HOUSEHOLD * len(_KINDS) / 8):
            return self._namesake(home, dice.pick(self._met))
        born = self._census.born(dice.between(19, 78))
        person = self._census.person(home, born, names.surname(dice), is_female=dice.chance(0.5))
        self._met.append(person)
        return person

    def _namesake(self, home: Home, other: Person) -> Person:
        """Draw a stranger with the name and sex of somebody met before, rarely the birth date too."""
        dice = self._dice
        same_day = dice.chance(_SAME_DAY)
        born = other.born if same_day else self._census.born(age_on(other.born, self._census.today))
        family = Surname(other.surname, other.pinyin)
        return self._census.person(home, born, family, is_female=other.is_female, given=other.given)

    def _minority(self, home: Home) -> Person:
        dice = self._dice
        is_female = dice.chance(0.5)
        name, pinyin = names.minority_name(dice, is_female=is_female)
        home.region = places.FAR_WEST.code
        born = self._census.born(dice.between(19, 60))
        return self._census.person(home, born, Surname("", pinyin), is_female=is_female, given=name)

    def _couple(self, home: Home, age: int) -> list[Person]:
        dice = self._dice
        woman_heads = dice.chance(0.4)
        head = self._census.person(home, self._census.born(age), names.surname(dice), is_female=woman_heads)
        spouse_home = replace(home, region=places.birthplace(dice, places.BY_CODE[home.region]).code)
        near = max(22, age + dice.between(-4, 4))
        spouse = self._census.person(
            spouse_home, self._census.born(near), names.surname(dice), is_female=not woman_heads
        )
        head.marital = spouse.marital = "已婚"
        self._met.append(head)
        return [head, spouse]

    def _with_children(self, home: Home, *, twins: bool) -> list[Person]:
        dice = self._dice
        child_age = dice.between(16, 38) if twins else dice.between(1, 34)
        couple = self._couple(home, child_age + dice.between(24, 34))
        father = couple[0] if couple[1].is_female else couple[1]
        family = Surname(father.surname, father.pinyin)
        born = self._census.born(child_age)
        child = self._census.person(home, born, family, is_female=dice.chance(0.5))
        if twins:
            return [*couple, child, self._twin(home, child, family)]
        if dice.chance(0.25):
            younger = self._census.born(max(0, child_age - dice.between(2, 6)))
            return [*couple, child, self._census.person(home, younger, family, is_female=dice.chance(0.5))]
        return [*couple, child]

    def _twin(self, home: Home, first: Person, family: Surname) -> Person:
        dice = self._dice
        is_female = first.is_female if dice.chance(0.7) else not first.is_female
        sibling = first.given
        given = names.twin_given_name(dice, sibling, first.born.year, is_female=is_female)
        twin = self._census.person(home, first.born, family, is_female=is_female, given=given)
        beside = numbers.next_resident_id(self._census.claims, first.resident_id, is_female=is_female)
        twin.resident_id = beside or twin.resident_id
        if dice.chance(_TWINS_SHARE_MOBILE):
            twin.mobile, twin.former_mobile = first.mobile, first.former_mobile
        return twin

    def _parent_and_child(self, home: Home) -> tuple[Person, Person]:
        dice = self._dice
        child_age = dice.between(3, 40)
        family = names.surname(dice)
        born = self._census.born(child_age + dice.between(22, 34))
        parent = self._census.person(home, born, family, is_female=dice.chance(0.6))
        parent.marital = "离异" if dice.chance(0.7) else "丧偶"
        child = self._census.person(home, self._census.born(child_age), family, is_female=dice.chance(0.5))
        return parent, child

    def _grandparent(self, home: Home, head: Person) -> Person:
        dice = self._dice
        age = min(95, age_on(head.born, self._census.today) + dice.between(22, 30))
        family = Surname(head.surname, head.pinyin)
        if head.is_female or dice.chance(0.5):
            return self._census.person(home, self._census.born(age), names.surname(dice), is_female=True)
        return self._census.person(home, self._census.born(age), family, is_female=False)

    def _share(self, members: list[Person]) -> list[Person]:
        """Let some members use the head's mobile: children and the old more often."""
        head = members[0]
        for member in members[1:]:
            age = age_on(member.born, self._census.today)
            habit = "child" if age < ADULT else "old" if age >= OLD else "other"
            if self._dice.chance(_SHARING[habit]):
                member.mobile, member.former_mobile = head.mobile, head.former_mobile
        return members
