"""What a customer is found by. Names as characters, pairs, pinyin and initials; numbers by keyed digests of their tails only."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from kehu.govern.sealing.keyring import Keyring
from kehu.standardize.persons.names import fold_name
from kehu.standardize.persons.pinyin import initials, pinyin_key, pinyin_variants

LONGEST = 64
TAIL = 4
TAILS = {"mobile": "mobile", "mobile_2": "mobile", "resident_id": "resident_id", "bank_card": "bank_card"}


def sort_key(name: str) -> str:
    """Return what customers are sorted by: pinyin, then the name itself."""
    return f"{pinyin_key(name)[:100]} {fold_name(name)[:40]}"


def name_tokens(name: str) -> set[str]:
    """Return single characters, pairs, and under `p:` the usual reading, under `i:` its initials, under `v:` other readings."""
    folded = fold_name(name).replace("·", "")
    tokens = set(folded) - {" "}
    tokens.update(pair for pair in map("".join, pairwise(folded)) if " " not in pair)
    for place, reading in enumerate(pinyin_variants(name)):
        tokens.add(f"{'v' if place else 'p'}:{reading}"[:LONGEST])
    tokens.add(f"i:{initials(name)}"[:LONGEST])
    return {t for t in tokens if t not in {"p:", "i:", "v:"}}


def tail_token(kind: str, tail: str, ring: Keyring) -> str:
    """Return the token of the last four characters of a number: 8 hex digits of a keyed digest."""
    return f"#{kind}:{ring.blind(f'tail|{kind}', tail).hex()[:8]}"


def sought_tail_tokens(kind: str, tail: str, ring: Keyring) -> list[str]:
    """Return what to search for by a tail: one token for each living index key."""
    return [f"#{kind}:{blind.hex()[:8]}" for blind in ring.blinds(f"tail|{kind}", tail)]


def tail_tokens(values: Mapping[str, Any], ring: Keyring) -> set[str]:
    """Return the tail tokens of phones, ID and cards."""
    found = set()
    for key, kind in TAILS.items():
        value = values.get(key)
        if isinstance(value, str) and len(value) >= TAIL:
            found.add(tail_token(kind, value[-TAIL:], ring))
    return found


def tokens_of(values: Mapping[str, Any], ring: Keyring) -> set[str]:
    """Return everything a golden record is found by."""
    return name_tokens(str(values.get("name") or "")) | tail_tokens(values, ring)
