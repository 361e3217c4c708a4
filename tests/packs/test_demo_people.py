"""The invented people are coherent: their ID, birth, sex, age, family and money agree."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from kehu.packs.banking.demo.draw.numbers import bank_card
from kehu.packs.banking.demo.draw.places import BY_CODE
from kehu.packs.banking.demo.population.census import age_on
from kehu.packs.banking.demo.population.person import APP, CALLS, CARDS, CORE, WEALTH, Person
from kehu.standardize.contact.email import parse_email
from kehu.standardize.contact.phones import parse_mobile
from kehu.standardize.numbers.bank_card import passes_luhn
from kehu.standardize.numbers.resident_id import birth_date_of, parse_resident_id, region_of, sex_of


def _homes(people: list[Person]) -> dict[str, list[Person]]:
    homes: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        homes[person.address].append(person)
    return homes


def _twins(people: list[Person]) -> list[list[Person]]:
    pairs: dict[tuple[str, date, str], list[Person]] = defaultdict(list)
    for person in people:
        pairs[person.address, person.born, person.surname].append(person)
    return [pair for pair in pairs.values() if len(pair) > 1]


def test_an_id_is_valid_and_says_the_birth_and_sex_of_its_holder(people: list[Person]) -> None:
    for person in people:
        number = parse_resident_id(person.resident_id)
        assert birth_date_of(number) == person.born.isoformat()
        assert (sex_of(number) == "2") is person.is_female
        assert region_of(number) in BY_CODE


def test_nobody_shares_an_id_or_an_email(people: list[Person]) -> None:
    assert len({person.resident_id for person in people}) == len(people)
    assert len({person.email for person in people}) == len(people)


def test_mobiles_are_valid_and_shared_at_home_only(people: list[Person]) -> None:
    addresses: dict[str, set[str]] = defaultdict(set)
    for person in people:
        assert parse_mobile(person.mobile) == person.mobile
        addresses[person.mobile].add(person.address)
    assert all(len(homes) == 1 for homes in addresses.values())


def test_three_in_a_hundred_use_a_mobile_of_the_family(people: list[Person]) -> None:
    holders = Counter(person.mobile for person in people)
    shared = len(people) - len(holders)
    assert shared / len(people) == pytest.approx(0.03, abs=0.006)


def test_eight_in_a_hundred_changed_their_mobile(people: list[Person]) -> None:
    changed = sum(1 for person in people if person.former_mobile)
    assert changed / len(people) == pytest.approx(0.08, abs=0.008)


def test_one_in_two_hundred_is_a_twin_with_the_id_beside(people: list[Person]) -> None:
    twins = _twins(people)
    assert 2 * len(twins) / len(people) == pytest.approx(0.005, abs=0.002)
    for first, second in twins:
        assert first.name != second.name
        assert 0 < int(second.resident_id[14:17]) - int(first.resident_id[14:17]) <= 4


def test_namesakes_are_met_and_some_share_the_birth_date(people: list[Person]) -> None:
    by_name = Counter(person.name for person in people)
    same_day = Counter((person.name, person.born) for person in people)
    assert sum(count for count in by_name.values() if count > 1) > len(people) * 0.1
    assert any(count > 1 for count in same_day.values())


def test_children_bear_the_name_of_a_parent_and_are_younger(people: list[Person], today: date) -> None:
    families = [home for home in _homes(people).values() if len(home) > 1]
    for home in families:
        for child in (person for person in home if age_on(person.born, today) < 18):
            parents = [one for one in home if one.surname == child.surname and one.born < child.born]
            assert any((child.born - one.born).days > 18 * 365 for one in parents)


def test_occupation_fits_the_age(people: list[Person], today: date) -> None:
    for person in people[4:]:
        age = age_on(person.born, today)
        assert (person.occupation == "学生") is (age < 22)
        assert person.occupation != "退休" or age >= 55
        assert person.born <= person.opened_on < today


@pytest.mark.parametrize(
    ("system", "share"), [(CORE, 0.70), (CARDS, 0.40), (WEALTH, 0.20), (CALLS, 0.15), (APP, 0.45)]
)
def test_each_system_knows_its_share_of_the_people(people: list[Person], system: int, share: float) -> None:
    known = sum(1 for person in people if person.systems & system)
    assert known / len(people) == pytest.approx(share, abs=0.03)


def test_everybody_is_known_somewhere(people: list[Person]) -> None:
    assert all(person.systems for person in people)


def test_mail_goes_to_example_domains_only(people: list[Person]) -> None:
    for person in people:
        assert parse_email(person.email) == person.email
        assert person.email.endswith(("example.com", "example.cn"))


def test_compound_and_minority_names_are_there(people: list[Person]) -> None:
    assert any(len(person.surname) == 2 for person in people)
    assert any("·" in person.name for person in people)


def test_card_numbers_pass_luhn_and_do_not_repeat() -> None:
    cards = [bank_card(sequence) for sequence in range(5_000)]
    assert all(passes_luhn(card) for card in cards)
    assert len(set(cards)) == len(cards)


def test_the_guided_tour_finds_its_family(people: list[Person]) -> None:
    assert [person.name for person in people[:4]] == ["沈静仪", "顾长林", "沈桂芳", "顾念"]
    assert people[0].aum == 3_862_000
    assert people[0].manager == "lin.xiaolan@hengchuan.example"
