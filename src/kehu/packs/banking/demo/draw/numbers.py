"""Numbers that must be valid and unique: resident IDs, mobiles, bank cards, credit codes.

All are invented: the check digits are right, the people behind them do not exist.
"""

from datetime import date

from kehu.packs.banking.demo.draw.dice import Dice, words
from kehu.standardize.numbers import resident_id as resident_ids
from kehu.standardize.numbers import uscc

_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANIZATION_CHECKS = "0123456789X"
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_SEGMENTS = words(
    "130 131 132 133 134 135 136 137 138 139 150 151 152 153 155 156 157 158 159 166 "
    "173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 191 193 198 199"
)
_LAST_ORDER = 999
_CARD_PREFIX = "6258990"
_KEY_SPACE = 100_000_000
_KEY_STRIDE = 48_271_333
_ALL_BITS = 0xFFFF_FFFF_FFFF_FFFF
_GOLDEN = 0x9E37_79B9_7F4A_7C15
_BITS_EACH = 64
_FEWEST_BITS = 16


class Claims:
    """Remember which numbers are taken, in memory of fixed size (8 MiB for a million people).

    A bit is shared by rare accident; then a free number counts as taken and another is drawn, so
    the answer "free" is always true.
    """

    def __init__(self, people: int) -> None:
        bits = max(_FEWEST_BITS, (people * _BITS_EACH).bit_length())
        self._taken = bytearray(1 << (bits - 3))
        self._shift = 64 - bits

    def take(self, number: int) -> bool:
        """Claim a number; False when it was taken before."""
        spot = ((number * _GOLDEN) & _ALL_BITS) >> self._shift
        place, mask = spot >> 3, 1 << (spot & 7)
        if self._taken[place] & mask:
            return False
        self._taken[place] |= mask
        return True


def resident_id(dice: Dice, claims: Claims, region: str, born: date, *, is_female: bool) -> str:
    """Draw an 18-character resident ID that nobody of this bank has; even order numbers are women."""
    head = f"{region}{born.year}{born.month:02d}{born.day:02d}"
    while True:
        order = 2 * dice.between(1, 499) + (0 if is_female else 1)
        first17 = f"{head}{order:03d}"
        if claims.take(int(first17)):
            return first17 + resident_ids.check_character(first17)


def next_resident_id(claims: Claims, twin: str, *, is_female: bool) -> str | None:
    """Return the ID registered right after a twin's, or None when the day's numbers are used up."""
    first = int(twin[14:17])
    for order in range(first + 1, _LAST_ORDER + 1):
        first17 = f"{twin[:14]}{order:03d}"
        if (order % 2 == 0) is is_female and claims.take(int(first17)):
            return first17 + resident_ids.check_character(first17)
    return None


def mobile(dice: Dice, claims: Claims) -> str:
    """Draw an 11-digit mobile number that nobody of this bank has."""
    while True:
        number = f"{dice.pick(_SEGMENTS)}{int(dice.random() * 100_000_000):08d}"
        if claims.take(int(number)):
            return number


def customer_key(sequence: int) -> str:
    """Scatter a running number over eight digits, one to one, as numbers of different branches look."""
    return f"{(sequence * _KEY_STRIDE + 7_130_271) % _KEY_SPACE:08d}"


def bank_card(sequence: int) -> str:
    """Return a 16-digit card number under an invented issuer prefix, with its Luhn digit."""
    first15 = _CARD_PREFIX + customer_key(sequence)
    total = 0
    for place, digit in enumerate(map(int, first15)):
        total += digit if place % 2 else _DOUBLED[digit]
    return f"{first15}{-total % 10}"


def credit_code(dice: Dice, claims: Claims, region: str) -> str:
    """Draw a unified social credit code (GB 32100) of a company, with both of its check characters."""
    while True:
        body = f"{int(dice.random() * 100_000_000):08d}"
        if claims.take(int(f"91{body}")):
            break
    rest = -sum(int(digit) * weight for digit, weight in zip(body, _ORGANIZATION_WEIGHTS, strict=True)) % 11
    first17 = f"91{region}{body}{_ORGANIZATION_CHECKS[rest]}"
    return first17 + uscc.check_character(first17)
