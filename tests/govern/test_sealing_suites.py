"""Both suites give the published results, and what they seal opens only whole and in its place."""

from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from hypothesis import given
from hypothesis import strategies as st

from kehu.govern.sealing.blobs import open_bytes, seal, seal_bytes, unseal
from kehu.govern.sealing.keyring import Keyring
from kehu.govern.sealing.suites import BY_NAME, SealBroken, Suite

SUITES = st.sampled_from(sorted(BY_NAME.values(), key=lambda suite: suite.code))
KEYS = st.binary(min_size=32, max_size=32)
VALUES = st.dictionaries(
    st.text(max_size=10),
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20),
    max_size=5,
)
AAD = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")


def test_aes_gives_test_case_16_of_the_gcm_specification() -> None:
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    clear = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")

    assert BY_NAME["aes"].encrypt(key, nonce, clear, AAD) == sealed
    assert BY_NAME["aes"].decrypt(key, nonce, sealed, AAD) == clear


def test_sm4_gives_the_gcm_vector_of_rfc_8998() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210") + bytes(16)
    clear = bytes.fromhex("".join(c * 16 for c in "abcdefea"))
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    nonce = bytes.fromhex("00001234567800000000abcd")

    assert BY_NAME["sm"].encrypt(key, nonce, clear, AAD) == sealed
    assert BY_NAME["sm"].decrypt(key, nonce, sealed, AAD) == clear


def test_the_mac_of_aes_gives_case_2_of_rfc_4231() -> None:
    mark = BY_NAME["aes"].marker(b"Jefe")(b"what do ya want for nothing?")

    assert mark.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def sm3(data: bytes) -> bytes:
    worker = Hash(SM3())
    worker.update(data)
    return worker.finalize()


def test_sm3_gives_the_first_example_of_its_standard() -> None:
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(key=KEYS, data=st.binary(max_size=200))
def test_the_mac_of_sm_is_hmac_over_sm3(key: bytes, data: bytes) -> None:
    padded = key.ljust(64, b"\0")
    inner, outer = (bytes(b ^ pad for b in padded) for pad in (0x36, 0x5C))

    assert BY_NAME["sm"].marker(key)(data) == sm3(outer + sm3(inner + data))


@given(suite=SUITES, key=KEYS, values=VALUES)
def test_a_blob_opens_to_what_was_sealed(suite: Suite, key: bytes, values: dict[str, object]) -> None:
    row = uuid4()

    assert unseal(key, seal(suite, key, values, "t.sealed", row), "t.sealed", row) == values


@given(
    suite=SUITES, key=KEYS, data=st.binary(max_size=64), place=st.integers(0, 10**6), bit=st.integers(0, 7)
)
def test_a_blob_with_any_bit_flipped_does_not_open(
    suite: Suite, key: bytes, data: bytes, place: int, bit: int
) -> None:
    blob = bytearray(seal_bytes(suite, key, data, b"here", version=3))
    blob[place % len(blob)] ^= 1 << bit

    with pytest.raises(SealBroken):
        open_bytes(key, bytes(blob), b"here")


@given(suite=SUITES, key=KEYS, data=st.binary(max_size=64), length=st.integers(0, 10**6))
def test_a_shortened_blob_does_not_open(suite: Suite, key: bytes, data: bytes, length: int) -> None:
    blob = seal_bytes(suite, key, data, b"here")

    with pytest.raises(SealBroken):
        open_bytes(key, blob[: length % len(blob)], b"here")


@given(suite=SUITES, key=KEYS, other=KEYS)
def test_a_blob_opens_in_its_place_and_with_its_key_alone(suite: Suite, key: bytes, other: bytes) -> None:
    row = UUID(int=1)
    blob = seal(suite, key, {"mobile": "13857101234"}, "t.sealed", row)

    places = [(key, "t.sealed", UUID(int=2)), (key, "u.sealed", row), (key, "t.other", row)]
    if other[:16] != key[:16]:
        places.append((other, "t.sealed", row))
    for opener, place, where in places:
        with pytest.raises(SealBroken):
            unseal(opener, blob, place, where)


@given(suite=SUITES, key=KEYS)
def test_the_same_value_is_never_sealed_the_same_twice(suite: Suite, key: bytes) -> None:
    assert seal_bytes(suite, key, b"x", b"here") != seal_bytes(suite, key, b"x", b"here")


def ring(suite: Suite, *versions: int) -> Keyring:
    keys = {("index", v): bytes([v]) * 32 for v in versions} | {("dedup", 1): bytes(32)}
    return Keyring(suite, keys, {"index": versions[-1], "dedup": 1}, versions)


@given(suite=SUITES, one=st.text(max_size=30), other=st.text(max_size=30))
def test_blind_indexes_are_equal_exactly_when_the_values_are(suite: Suite, one: str, other: str) -> None:
    known = ring(suite, 1)

    assert (known.blind("mobile", one) == known.blind("mobile", other)) is (one == other)
    assert len(known.blind("mobile", one)) == 16


@given(suite=SUITES, value=st.text(max_size=30))
def test_a_blind_index_tells_nothing_across_kinds_and_versions(suite: Suite, value: str) -> None:
    known = ring(suite, 1, 2)

    marks = [*known.blinds("mobile", value), *known.blinds("email", value), known.stable("mobile", value)]
    assert len(set(marks)) == 5
    assert (
        known.blind("mobile", value)
        == known.under(2).blind("mobile", value)
        == known.blinds("mobile", value)[1]
    )


@given(suite=SUITES, value=st.text(max_size=30))
def test_a_stable_mark_outlives_every_rotation(suite: Suite, value: str) -> None:
    assert ring(suite, 1).stable("message|1", value) == ring(suite, 1, 2, 3).stable("message|1", value)
