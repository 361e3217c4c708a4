"""Arrays and rows that are written as text and bytes of our own mean to the database what the driver's would."""

from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kehu.platform.db import bulk
from kehu.platform.db.rows import bytea_array, uuid_array
from kehu.platform.ids import new_id
from kehu.platform.scope import SYSTEM, acting


@pytest.mark.parametrize(
    "values", [[], [b""], [b"\x00\\\"{},'x", b"\xff" * 16], [bytes([n]) for n in range(256)]]
)
def test_byte_strings_arrive_as_they_are(db: None, values: list[bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(%s::bytea[])", [bytea_array(values)])
        assert [bytes(row[0]) for row in cursor.fetchall()] == values


@pytest.mark.parametrize("count", [0, 1, 3])
def test_ids_arrive_as_they_are(db: None, count: int) -> None:
    ids = [new_id() for _ in range(count)]

    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(%s::uuid[])", [uuid_array(ids)])
        assert [row[0] for row in cursor.fetchall()] == ids


def test_an_id_is_a_whole_uuid_of_version_seven() -> None:
    made = new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert UUID(str(made)) == made
    assert hash(UUID(made.hex)) == hash(made)


def test_packed_rows_are_stored_like_any(db: None) -> None:
    owner, wrapped = new_id(), b"\x00\xff\\n"
    row = b"\0\3" + bulk.pack(owner.bytes, (7).to_bytes(2, "big"), wrapped)

    with acting(SYSTEM), connection.cursor() as cursor:
        count = bulk.insert_packed("govern_data_key", ("owner_id", "version", "wrapped"), [row])
        cursor.execute("SELECT version, wrapped FROM govern_data_key WHERE owner_id = %s", [owner])
        assert (count, [(row[0], bytes(row[1])) for row in cursor.fetchall()]) == (1, [(7, wrapped)])


def test_two_sets_of_columns_that_begin_alike_are_staged_apart(db: None) -> None:
    """A contact and an event, written over one connection one after the other: their first columns are the same."""
    begin = ("id", "source_id", "message_index", "record_id", "kind", "name", "happened_at", "received_at")

    with acting(SYSTEM):
        one, _ = bulk.stage("collect_event", (*begin, "plain", "sealed"), [])
        other, _ = bulk.stage("collect_event", (*begin, "import_id", "plain", "sealed"), [])
        again, _ = bulk.stage("collect_event", (*begin, "plain", "sealed"), [])

    assert one == again != other


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_packed_values_follow_their_lengths(values: list[bytes]) -> None:
    packed, found = bulk.pack(*values), []
    while packed:
        size = int.from_bytes(packed[:4], "big")
        found.append(packed[4 : 4 + size])
        packed = packed[4 + size :]

    assert found == values
