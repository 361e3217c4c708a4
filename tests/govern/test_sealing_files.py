"""A sealed file reads like the clear one, and not at all when a byte of it is missing, moved or changed."""

import io
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehu.govern.sealing.files import CHUNK, HEAD, SEALED_CHUNK, SealedReader, SealedWriter, open_sealed
from kehu.govern.sealing.suites import SealBroken

KEY = b"k" * 32
FILE = UUID(int=7)
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 777)


def content(size: int) -> bytes:
    return (bytes(range(256)) * (size // 256 + 1))[:size]


def written(path: Path, size: int, step: int = 70_001) -> Path:
    writer = SealedWriter(path, file_id=FILE, key=KEY)
    clear = content(size)
    for start in range(0, size, step):
        writer.write(clear[start : start + step])
    writer.close()
    return path


def read(path: Path, *, file_id: UUID = FILE, key: bytes = KEY) -> bytes:
    with open_sealed(path, file_id=file_id, key=key) as stream:
        return stream.read()


@pytest.mark.parametrize("size", SIZES)
def test_a_sealed_file_reads_back_whole(tmp_path: Path, size: int) -> None:
    path = written(tmp_path / "f", size)

    assert read(path) == content(size)
    assert path.stat().st_mode & 0o777 == 0o600
    assert content(CHUNK)[:64] not in path.read_bytes()


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("sealed") / "f", SIZES[-1])


@settings(max_examples=50)
@given(
    moves=st.lists(st.tuples(st.integers(0, SIZES[-1] + 10), st.integers(0, 5000)), min_size=1, max_size=8)
)
def test_reading_anywhere_gives_what_the_clear_file_gives(sealed: Path, moves: list[tuple[int, int]]) -> None:
    clear = io.BytesIO(content(SIZES[-1]))

    with open_sealed(sealed, file_id=FILE, key=KEY) as stream:
        for place, length in moves:
            assert stream.seek(place) == clear.seek(place)
            assert stream.read(length) == clear.read(length)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("is_told", [True, False])
def test_a_shortened_file_does_not_open(tmp_path: Path, size: int, *, is_told: bool) -> None:
    whole = written(tmp_path / "f", size).read_bytes()

    for kept in {len(whole) - 1, HEAD + SEALED_CHUNK, HEAD + 2 * SEALED_CHUNK, HEAD} - {len(whole)}:
        if kept > len(whole):
            continue
        cut = whole[:kept]
        if is_told:
            cut = cut[:8] + ((kept - HEAD) // SEALED_CHUNK * CHUNK).to_bytes(8, "big") + cut[HEAD:]
        (tmp_path / "cut").write_bytes(cut)
        with pytest.raises(SealBroken):
            read(tmp_path / "cut")


@pytest.mark.parametrize("size", [1, CHUNK, CHUNK + 1])
@pytest.mark.parametrize("said", [0, 2, CHUNK - 1, CHUNK + 2, 2 * CHUNK])
def test_a_size_that_was_changed_does_not_open(tmp_path: Path, size: int, said: int) -> None:
    path = written(tmp_path / "f", size)
    whole = path.read_bytes()

    path.write_bytes(whole[:8] + said.to_bytes(8, "big") + whole[HEAD:])

    with pytest.raises(SealBroken):
        read(path)


def test_chunks_that_changed_places_do_not_open(tmp_path: Path) -> None:
    path = written(tmp_path / "f", 2 * CHUNK + 5)
    whole = path.read_bytes()
    first, second = whole[HEAD : HEAD + SEALED_CHUNK], whole[HEAD + SEALED_CHUNK : HEAD + 2 * SEALED_CHUNK]

    path.write_bytes(whole[:HEAD] + second + first + whole[HEAD + 2 * SEALED_CHUNK :])

    with pytest.raises(SealBroken):
        read(path)


@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
@settings(max_examples=40)
def test_a_flipped_bit_anywhere_shows(sealed: Path, place: int, bit: int) -> None:
    whole = bytearray(sealed.read_bytes())
    whole[place % len(whole)] ^= 1 << bit
    broken = sealed.with_name("broken")
    broken.write_bytes(whole)

    with pytest.raises(SealBroken):
        read(broken)


def test_a_file_opens_under_its_id_and_key_alone(sealed: Path) -> None:
    with pytest.raises(SealBroken):
        read(sealed, file_id=UUID(int=8))
    with pytest.raises(SealBroken):
        read(sealed, key=b"x" * 32)


def test_an_abandoned_file_leaves_nothing(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path / "f", file_id=FILE, key=KEY)
    writer.write(b"x" * CHUNK)

    writer.abandon()

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_never_closed_does_not_open(tmp_path: Path) -> None:
    writer = SealedWriter(tmp_path / "f", file_id=FILE, key=KEY)
    writer.write(b"x" * (CHUNK + 1))
    (tmp_path / "g").write_bytes((tmp_path / "f").read_bytes())
    writer.abandon()

    with pytest.raises(SealBroken):
        SealedReader(tmp_path / "g", file_id=FILE, key=KEY)
