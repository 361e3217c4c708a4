"""What holds of what people have said, as the pure rule decides it: the latest word, and of merged ids the stricter."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kehu.govern.purposes.standing import AUTOMATION, Retired, Terms, Word, answer, masks, may_use, standing
from kehu.govern.purposes.terms import CHANNEL_PLACES, CHANNELS

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
CARE = Terms(1, 1, 3, ("sms", "email"), needs_consent=True)
CONTRACT = Terms(2, 1, 5, ("sms", "phone"), needs_consent=False)
NO = {"refused", "withdrawn"}


def word(state: str, hour: int = 0, *, of: UUID = A, purpose: int = 1, channel: str = "", version: int = 1,
         learnt: int | None = None, until: int | None = None) -> Word:  # fmt: skip
    said = NOON + timedelta(hours=hour)
    recorded = NOON + timedelta(hours=learnt if learnt is not None else hour)
    ends = NOON + timedelta(hours=until) if until is not None else None
    return Word(UUID(int=100 + hour), of, purpose, version, channel, state, said, recorded, ends)


def allowed(
    *words: Word, retired: Sequence[Retired] = (), who: UUID = A, now: int = 100
) -> tuple[bool, bool]:
    """Return whether the purpose of care may use text messages and e-mail."""
    held = standing(words, retired, who, NOON + timedelta(hours=now))
    return may_use(held, CARE, "sms"), may_use(held, CARE, "email")


def merged(gone: UUID, into: UUID, hour: int) -> Retired:
    return Retired(gone, into, NOON + timedelta(hours=hour))


def test_nobody_who_was_not_asked_may_be_used_for_what_needs_consent() -> None:
    assert allowed() == (False, False)


def test_the_latest_word_holds_whatever_the_order_in_which_it_was_learnt() -> None:
    words = [word("given", 1), word("withdrawn", 2, learnt=9), word("given", 3, learnt=4)]

    assert {allowed(*order) for order in permutations(words)} == {(True, True)}
    assert allowed(*words[:2]) == (False, False)


def test_one_channel_can_be_withdrawn_and_a_word_about_all_replaces_it() -> None:
    given_all, no_sms = word("given", 1), word("withdrawn", 2, channel="sms")

    assert allowed(given_all, no_sms) == (False, True)
    assert allowed(given_all, no_sms, word("given", 3)) == (True, True)
    assert allowed(no_sms, word("given", 3, channel="email"), word("withdrawn", 4)) == (False, False)


def test_consent_to_other_terms_and_consent_that_has_ended_count_for_nothing() -> None:
    assert allowed(word("given", 1, version=2)) == (False, False)
    assert allowed(word("given", 1, until=5), now=4) == (True, True)
    assert allowed(word("given", 1, until=5), now=5) == (False, False)


def test_of_merged_customers_the_stricter_word_holds_until_a_new_one_is_said() -> None:
    yes, no = word("given", 3), word("withdrawn", 1, of=B)
    after = [merged(B, A, 4)]

    assert allowed(yes, no, retired=after) == (False, False)
    assert allowed(yes, no, word("given", 6), retired=after) == (True, True)
    assert allowed(no, retired=after) == (False, False)
    assert allowed(word("given", 1, of=B), retired=after) == (True, True)


def test_a_refusal_of_everything_beats_consent_to_one_channel_under_another_id() -> None:
    assert allowed(
        word("given", 3, channel="sms"), word("withdrawn", 1, of=B), retired=[merged(B, A, 4)]
    ) == (False, False)


def test_what_was_said_two_mergings_ago_still_counts() -> None:
    chain = [merged(A, B, 4), merged(B, C, 8)]

    assert allowed(word("withdrawn", 1), word("given", 2, of=C), retired=chain, who=C) == (False, False)
    assert allowed(word("withdrawn", 1), word("given", 6, of=B), retired=chain, who=C) == (True, True)


def test_parting_gives_each_his_own_words_back() -> None:
    yes, no = word("given", 3), word("withdrawn", 1, of=B)

    assert allowed(yes, no) == (True, True)
    assert allowed(yes, no, who=B) == (False, False)


def test_masks_carry_consent_refusal_and_objection() -> None:
    words = [
        word("given", 1, channel="email"),
        word("refused", 1, purpose=2, channel="sms"),
        word("objected", 1, purpose=AUTOMATION, version=0),
    ]
    held = standing(words, [], A, NOON)

    found = masks(held, [CARE, CONTRACT])

    assert (found.consented, found.objected, found.is_automation_objected) == (1 << 3, 0, True)
    both = standing([*words, word("refused", 2, purpose=2)], [], A, NOON)
    assert masks(both, [CARE, CONTRACT]).objected == 1 << 5
    lifted = standing([*words, word("lifted", 2, purpose=AUTOMATION, version=0)], [], A, NOON)
    assert masks(lifted, [CARE]).is_automation_objected is False


def test_masks_carry_the_channels_that_are_closed_while_others_are_open() -> None:
    words = [
        word("given", 1),
        word("withdrawn", 2, channel="email"),
        word("refused", 1, purpose=2, channel="sms"),
    ]
    closed = masks(standing(words, [], A, NOON), [CARE, CONTRACT]).closed

    assert dict(zip(CHANNEL_PLACES, closed, strict=True)) == {
        **dict.fromkeys(CHANNEL_PLACES, 0), "email": 1 << 3, "sms": 1 << 5,
    }  # fmt: skip
    assert (
        masks(
            standing([*words, word("given", 3), word("refused", 4, purpose=2)], [], A, NOON), [CARE, CONTRACT]
        ).closed
        == ()
    )


def test_every_channel_has_a_place_that_never_moves() -> None:
    assert CHANNEL_PLACES[:9] == (
        "email",
        "sms",
        "phone",
        "wecom",
        "wechat",
        "app",
        "post",
        "visit",
        "webhook",
    )
    assert set(CHANNEL_PLACES) == set(CHANNELS)


SAID = st.builds(
    word,
    st.sampled_from(["given", "refused", "withdrawn"]),
    st.integers(0, 20),
    of=st.sampled_from([A, B]),
    channel=st.sampled_from(["", "sms", "email"]),
)


@given(st.lists(SAID, max_size=8, unique_by=lambda w: w.id))
def test_a_merger_never_opens_what_either_side_has_closed(words: list[Word]) -> None:
    sides = [standing(words, [], who, NOON + timedelta(hours=100)) for who in (A, B)]

    both = allowed(*words, retired=[merged(B, A, 50)])

    for channel, is_open in zip(("sms", "email"), both, strict=True):
        said = [answer(held, (1, channel)) for held in sides]
        assert not is_open or any(may_use(held, CARE, channel) for held in sides)
        assert not (is_open and any(word is not None and word.state in NO for word in said))


@given(st.lists(SAID, max_size=8, unique_by=lambda w: w.id), st.randoms())
def test_the_order_of_the_ledger_does_not_matter(words: list[Word], dice: object) -> None:
    shuffled = list(words)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's random
    after = [merged(B, A, 10)]

    assert allowed(*words, retired=after) == allowed(*shuffled, retired=after)
