"""One box for everything: name, pinyin, initials, numbers and their tails; answered within the open scope only.

A wide scope walks the token table in the order of names; a narrow one (a branch, an owner) reads its own customers.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from uuid import UUID

from django.db import connection

from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import Registry
from kehu.govern.sealing.keyring import keyring
from kehu.profile.lists.paging import Condition, Finder, letter_range, lettered
from kehu.profile.lists.tokens import sought_tail_tokens
from kehu.resolve.kinds import get_kinds
from kehu.standardize.invalid import InvalidValue
from kehu.standardize.persons.names import fold_name

_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[a-z]{1,64}")
_TAIL = re.compile(r"[0-9]{3}[0-9X]")
_NUMBER = re.compile(r"[0-9A-Z@._+\-]{5,100}", re.IGNORECASE)
TAIL_KINDS = ("mobile", "resident_id", "bank_card")


Meaning = Literal["name", "letters", "tail", "number"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a search: what it is taken for, how it is compared, and the condition that it adds."""

    meaning: Meaning
    text: str
    condition: Condition


def parse(query: str, fields: Registry) -> list[Word]:
    """Return the words that can match, by `fields` alone: every one must. An empty list means that nothing can."""
    text = unicodedata.normalize("NFKC", query).strip()
    return [word for part in text.split()[:6] if (word := _word(part, fields)) is not None]


def conditions(words: Sequence[Word]) -> Sequence[Condition]:
    """Return what a search adds to a list; a search without a usable word matches nobody."""
    return [word.condition for word in words] or [Condition("false")]


def searchable(fields: Registry, actor: Actor) -> Registry:
    """Return the fields that the actor may search by: to find somebody by a hidden number would tell the number.

    Fields that identify by the same kind of number hide each other, since one index holds both.
    """
    hidden = {key for key, spec in fields.items() if actor.rule_for(key, spec.data_class) == "hidden"}
    kinds = {fields[key].identifier for key in hidden} - {""}
    return {key: spec for key, spec in fields.items() if key not in hidden and spec.identifier not in kinds}


def _word(word: str, fields: Registry) -> Word | None:
    upper = word.upper()
    if _TAIL.fullmatch(upper):
        kinds = [kind for kind in TAIL_KINDS if kind in fields]
        tokens = [token for kind in kinds for token in sought_tail_tokens(kind, upper, keyring())]
        return Word("tail", upper, _any_token(tokens))
    if _HAN.search(word):
        return _hanzi(word)
    if _NUMBER.fullmatch(word) and any(c.isdigit() for c in word):
        return _number(word, fields)
    if "@" in word:
        return _number(word, fields)
    folded = re.sub(r"[^a-z]", "", word.lower())
    return _latin(folded) if _LATIN.fullmatch(folded) else None


def _token_check(test: str) -> str:
    """Return the condition that a customer has a token: one look into the index for each customer, whatever the planner thinks."""
    return (
        f"EXISTS (SELECT 1 FROM profile_search_token t WHERE {test} "
        "AND t.sort_key = c.sort_key AND t.customer_id = c.id OFFSET 0)"
    )


def _any_token(tokens: list[str]) -> Condition:
    finder = Finder("t.customer_id", "profile_search_token t WHERE t.token = ANY(%s)", (tokens,))
    return Condition(_token_check("t.token = ANY(%s)"), (tokens,), finder)


def _hanzi(word: str) -> Word:
    """A character, or pairs of neighbours that all must be in the name."""
    folded = fold_name(word).replace("·", "")
    pairs = tuple(map("".join, pairwise(folded))) or (folded,)
    also = "".join(
        " AND EXISTS (SELECT 1 FROM profile_search_token u WHERE u.token = %s AND u.sort_key = t.sort_key "
        "AND u.customer_id = t.customer_id OFFSET 0)"
        for _ in pairs[1:]
    )
    finder = Finder(
        "t.customer_id", f"profile_search_token t WHERE t.token = %s{also}", pairs, is_ordered=True
    )
    check = " AND ".join(_token_check("t.token = %s") for _ in pairs)
    return Word("name", folded, Condition(f"({check})", pairs, finder))


def _latin(folded: str) -> Word:
    """Pinyin by leading syllables, or initials from the beginning; other readings of a name are tokens only."""
    finder = lettered(("p:", "v:", "i:"), folded)
    others = letter_range("v:", folded)
    sql = (
        "(c.sort_key ^@ %s OR c.initials ^@ %s OR EXISTS (SELECT 1 FROM profile_search_token t "
        "WHERE t.customer_id = c.id AND t.token >= %s AND t.token < %s OFFSET 0))"
    )
    return Word("letters", folded, Condition(sql, (folded, folded, *others), finder))


def _number(word: str, fields: Registry) -> Word:
    blinds: list[bytes] = []
    for kind, value in readings(word, fields):
        blinds.extend(keyring().blinds(kind, value))
    finder = Finder("i.cluster_id", "resolve_identifier i WHERE i.value = ANY(%s)", (blinds,))
    sql = "c.id IN (SELECT i.cluster_id FROM resolve_identifier i WHERE i.value = ANY(%s))"
    return Word("number", word, Condition(sql, (blinds,), finder))


def readings(word: str, fields: Registry) -> list[tuple[str, str]]:
    """Return every kind of identifier that a text can be, with its standard value."""
    found: dict[tuple[str, str], None] = {}
    for spec in fields.values():
        if spec.identifier:
            try:
                found[spec.identifier, str(spec.standard.parse(word))] = None
            except InvalidValue:
                continue
    return list(found)


def find_by_identifier(kind: str, value: str, fields: Registry) -> UUID | None:
    """Return the customer within the open scope that holds an identifier; the most certain first. None if there is none."""
    kinds = get_kinds()
    spec = next((s for s in fields.values() if kind in (s.identifier, s.key)), None)
    if spec is None or spec.identifier not in kinds.by_key:
        return None
    try:
        standard = str(spec.standard.parse(value))
    except InvalidValue:
        return None
    blinds = keyring().blinds(spec.identifier, standard)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM resolve_identifier i JOIN profile_customer c ON c.id = i.cluster_id "
            "WHERE i.value = ANY(%s) AND i.kind = %s ORDER BY c.record_count DESC, c.id LIMIT 1",
            [blinds, kinds.by_key[spec.identifier].id],
        )
        row = cursor.fetchone()
    return row[0] if row else None
