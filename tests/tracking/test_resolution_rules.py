"""Limits of identifiers and shared devices, as the pure rule decides them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kehu.resolve.kinds import DEFAULT_KINDS, Kind
from kehu.resolve.rules import Decision, NewCluster, Resolver, Sign, Subject

KINDS = {kind.key: kind for kind in DEFAULT_KINDS}
ONE_ACCOUNT = Kind(7, "user_id", 3, "strong", 1, None)
EMAIL = Kind(13, "email", 7, "strong", 6, 730)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Counting(NewCluster):
    """Ids of clusters in order."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self) -> UUID:
        self.last += 1
        return UUID(int=self.last)


def subject(number: int, *signs: tuple[Kind, str], name: str = "", at: datetime = NOW) -> Subject:
    found = tuple(Sign(kind, value.encode()) for kind, value in signs)
    return Subject(UUID(int=1000 + number), 1, "p", found, name, "", stated_at=at)


def decide(*subjects: Subject) -> tuple[list[UUID], Resolver, Decision]:
    resolver = Resolver({}, Counting())
    decision = resolver.decide(subjects)
    return [decision.place[s.record_id] for s in subjects], resolver, decision


def test_an_anonymous_device_joins_the_user_who_signs_in_on_it() -> None:
    account, device = KINDS["user_id"], KINDS["anonymous_id"]

    places, _, _ = decide(subject(1, (device, "d")), subject(2, (account, "u"), (device, "d")))

    assert places[0] == places[1]


def test_a_shared_tablet_never_makes_two_people_one() -> None:
    account, device = KINDS["user_id"], KINDS["anonymous_id"]

    places, _, decision = decide(
        subject(1, (account, "u1"), (device, "d")),
        subject(2, (account, "u2"), (device, "d")),
        subject(3, (device, "d")),
    )

    assert places[0] != places[1]
    assert places[2] in places[:2]
    assert decision.mergings == []


def test_names_tell_apart_whom_only_a_device_joins() -> None:
    device = KINDS["anonymous_id"]

    places, _, _ = decide(subject(1, (device, "d"), name="沈静仪"), subject(2, (device, "d"), name="顾长林"))

    assert places[0] != places[1]


def test_over_the_limit_the_weakest_sign_is_demoted_and_the_match_tried_again() -> None:
    second = subject(2, (ONE_ACCOUNT, "B"), (EMAIL, "e"))

    places, _, _ = decide(
        subject(1, (ONE_ACCOUNT, "A"), (EMAIL, "e")), second, subject(3, (ONE_ACCOUNT, "B"))
    )

    assert places[0] != places[1]
    assert places[1] == places[2]
    assert [sign.kind.key for sign in second.signs] == ["user_id"]


def test_values_outside_the_window_do_not_count() -> None:
    card = KINDS["resident_id"]
    weekly = Kind(14, "openid", 9, "strong", 1, 7)
    old = subject(1, (card, "c"), (weekly, "x"), at=NOW - timedelta(days=30))
    near = subject(2, (card, "c"), (weekly, "y"), at=NOW)

    places, _, _ = decide(old, near)

    assert places[0] == places[1]
    assert [sign.value for sign in near.signs] == [b"c", b"y"]


def test_a_record_at_home_gives_up_only_what_is_too_much() -> None:
    first = subject(1, (ONE_ACCOUNT, "A"), (EMAIL, "e"))
    places, resolver, _ = decide(first)
    moved = subject(2, (ONE_ACCOUNT, "B"), (EMAIL, "e"))
    moved.cluster = places[0]

    decision = resolver.decide([moved])

    assert decision.place[moved.record_id] == places[0]
    assert [sign.kind.key for sign in moved.signs] == ["email"]


_SIGNS = st.lists(
    st.tuples(st.sampled_from((ONE_ACCOUNT, EMAIL, KINDS["anonymous_id"])), st.sampled_from("abc")),
    min_size=1, max_size=3, unique_by=lambda sign: sign[0].key,
)  # fmt: skip


@given(st.lists(_SIGNS, min_size=1, max_size=12))
def test_no_customer_ever_holds_more_than_the_limit(batches: Sequence[Sequence[tuple[Kind, str]]]) -> None:
    subjects = [subject(number, *signs) for number, signs in enumerate(batches)]

    _, resolver, decision = decide(*subjects)

    for cluster in set(decision.place.values()):
        assert len(resolver.candidates[cluster].held.of("user_id")) <= 1


@given(
    st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "x", "y"])), max_size=12)
)
def test_devices_alone_never_bring_two_accounts_together(batch: list[tuple[str, str]]) -> None:
    account, device = KINDS["user_id"], KINDS["anonymous_id"]
    subjects = [
        subject(n, *[(k, v) for k, v in ((account, user), (device, at)) if v])
        for n, (user, at) in enumerate(batch)
    ]

    _, resolver, decision = decide(*subjects)

    for cluster in set(decision.place.values()):
        assert len(resolver.candidates[cluster].held.of("user_id")) <= 1
