"""Each system mistypes as often as the rates say, and no misprint turns into somebody else's ID."""

from datetime import date

import pytest

from kehu.packs.banking.demo.dirt import Copy, copy_of, spell_mobile
from kehu.packs.banking.demo.draw.dice import Dice, stream
from kehu.packs.banking.demo.draw.numbers import Claims
from kehu.packs.banking.demo.misprints import misprint_birth, misprint_email, misprint_name
from kehu.packs.banking.demo.population.person import CARDS, CORE, Person
from kehu.packs.banking.demo.rates import RATES
from kehu.standardize.contact.phones import parse_mobile
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.numbers.resident_id import parse_resident_id

Pairs = list[tuple[Person, Copy]]


@pytest.fixture(scope="session")
def copies(people: list[Person], claims: Claims) -> Pairs:
    dice = stream(8, "copies")
    return [(person, copy_of(person, CORE, dice, claims)) for person in people if not person.is_exact]


def _share(copies: Pairs, field: str) -> float:
    def truth(person: Person) -> str:
        return person.born.isoformat() if field == "born" else str(getattr(person, field))

    wrong = [person for person, copy in copies if str(getattr(copy, field)) != truth(person)]
    return len(wrong) / len(copies)


@pytest.mark.parametrize("field", ["name", "born", "email", "address"])
def test_five_in_a_hundred_copies_of_each_field_have_a_typo(copies: Pairs, field: str) -> None:
    assert _share(copies, field) == pytest.approx(RATES.typo, abs=0.008)


def test_mobiles_differ_by_a_digit_or_are_the_former_ones(copies: Pairs) -> None:
    former = sum(copy.mobile == person.former_mobile for person, copy in copies) / len(copies)
    assert former == pytest.approx(RATES.changed_mobile * RATES.former_mobile, abs=0.006)
    assert _share(copies, "mobile") - former == pytest.approx(RATES.typo, abs=0.008)


def test_most_wrong_birth_dates_have_day_and_month_swapped(copies: Pairs) -> None:
    wrong = [(person.born, copy.born) for person, copy in copies if copy.born != person.born.isoformat()]
    swapped = sum(born == f"{true.year}-{true.day:02d}-{true.month:02d}" for true, born in wrong)
    assert 0.15 < swapped / len(wrong) < 0.4


def _is_refused(number: str) -> bool:
    try:
        parse_resident_id(number)
    except InvalidValue:
        return True
    return False


def test_three_in_a_thousand_ids_have_a_wrong_check_digit(copies: Pairs) -> None:
    held = [copy.resident_id for _, copy in copies if copy.resident_id]
    refused = sum(map(_is_refused, held))
    assert refused / len(held) == pytest.approx(RATES.wrong_check_digit, abs=0.0015)


def test_a_misprinted_id_never_belongs_to_somebody_else(people: list[Person], copies: Pairs) -> None:
    owners = {person.resident_id: person.number for person in people}
    others = 0
    for person, copy in copies:
        if copy.resident_id and not _is_refused(copy.resident_id):
            number = parse_resident_id(copy.resident_id)
            assert owners.get(number, person.number) == person.number
            others += number != person.resident_id
    assert others / len(copies) == pytest.approx(RATES.other_id, abs=0.0008)


def test_some_ids_are_still_written_with_15_digits(people: list[Person], copies: Pairs) -> None:
    short = [(person, copy.resident_id) for person, copy in copies if len(copy.resident_id) == 15]
    assert len(short) / len(people) == pytest.approx(RATES.short_id * 0.8, abs=0.006)
    assert all(parse_resident_id(number) == person.resident_id for person, number in short)


def test_people_of_the_tour_carry_no_dirt(people: list[Person], claims: Claims) -> None:
    copy = copy_of(people[0], CARDS, stream(1, "tour"), claims)
    assert (copy.name, copy.mobile, copy.resident_id) == (
        people[0].name,
        people[0].mobile,
        people[0].resident_id,
    )


def test_a_misprinted_name_is_another_text_and_never_empty(people: list[Person]) -> None:
    dice = stream(2, "names")
    for person in people[:3_000]:
        wrong = misprint_name(dice, person.name)
        assert wrong != person.name
        assert wrong.strip()


def test_a_misprinted_birth_date_is_another_day_of_the_calendar() -> None:
    dice = stream(2, "births")
    for ordinal in range(date(1960, 1, 1).toordinal(), date(1964, 12, 31).toordinal()):
        born = date.fromordinal(ordinal)
        assert date.fromisoformat(misprint_birth(dice, born)) != born


def test_a_misprinted_email_is_nobody_elses(people: list[Person]) -> None:
    dice = stream(2, "emails")
    owners = {person.email for person in people}
    assert not any(misprint_email(dice, person.email) in owners for person in people[:3_000])


def test_a_mobile_spelled_oddly_is_still_the_same_number() -> None:
    dice: Dice = stream(2, "spelling")
    spelled = {spell_mobile(dice, "13857101234") for _ in range(2_000)}
    assert len(spelled) > 4
    assert {parse_mobile(number) for number in spelled} == {"13857101234"}
