"""Reading lists: what was pasted, as counts, and how many members of the reader's scope are on it now."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from kehu.analyze.models.lists import CustomerList
from kehu.platform.errors import NotFound
from kehu.platform.text import Text

_SIZES = """
SELECT m.list_id, count(DISTINCT c.id) FROM analyze_list_member m
JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL
JOIN profile_customer c ON c.id = l.cluster_id AND c.is_identified
WHERE m.ended_in IS NULL AND m.list_id = ANY(%s) GROUP BY m.list_id
"""
_OF = """
SELECT DISTINCT k.name FROM analyze_list k JOIN analyze_list_member m ON m.list_id = k.id AND m.ended_in IS NULL
JOIN resolve_link l ON l.record_id = m.record_id AND l.ended_at IS NULL WHERE l.cluster_id = %s ORDER BY k.name
"""


class ListNotFound(NotFound):
    """No list has this id."""

    code = "list_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这份名单。", "There is no such list."))


def list_lists(*, wants_archived: bool = False) -> list[CustomerList]:
    """Return the lists with their versions, the latest first."""
    found = CustomerList.objects.prefetch_related("versions").order_by("-created_at", "-pk")
    return list(found if wants_archived else found.filter(is_archived=False))


def get_list(list_id: int, *, for_update: bool = False) -> CustomerList:
    """Return a list. Raises ListNotFound."""
    rows = CustomerList.objects.select_for_update() if for_update else CustomerList.objects
    found = rows.filter(pk=list_id).first()
    if found is None:
        raise ListNotFound
    return found


def count_each(list_ids: Collection[int]) -> dict[int, int]:
    """Return how many customers of the open scope are on each list now."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [list(list_ids)])
        return dict.fromkeys(list_ids, 0) | dict(cursor.fetchall())


def names_of(customer_id: UUID) -> list[str]:
    """Return the names of the lists that a customer of the open scope is on."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, [customer_id])
        return [row[0] for row in cursor.fetchall()]
