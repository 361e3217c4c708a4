"""Dated ties between customers, each side with the role it has for the other."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from kehu.platform.errors import Invalid, NotFound
from kehu.platform.ids import new_id
from kehu.platform.installation.environment import environment
from kehu.platform.text import Text
from kehu.profile.ties.hanging import first_records

ROLES: dict[str, tuple[str, Text]] = {
    "spouse": ("spouse", Text("配偶", "Spouse")),
    "parent": ("child", Text("父母", "Parent")),
    "child": ("parent", Text("子女", "Child")),
    "sibling": ("sibling", Text("兄弟姐妹", "Sibling")),
    "relative": ("relative", Text("亲属", "Relative")),
    "employer": ("employee", Text("任职单位", "Employer")),
    "employee": ("employer", Text("员工", "Employee")),
    "legal_representative": ("represented", Text("法定代表人", "Legal representative")),
    "represented": ("legal_representative", Text("担任法定代表人", "Represents")),
    "finance_contact": ("finance_client", Text("财务负责人", "Finance contact")),
    "finance_client": ("finance_contact", Text("负责其财务", "Finance contact of")),
    "guarantor": ("guaranteed", Text("担保人", "Guarantor")),
    "guaranteed": ("guarantor", Text("被担保人", "Guaranteed")),
    "referrer": ("referred", Text("推荐人", "Referrer")),
    "referred": ("referrer", Text("被推荐人", "Referred")),
}
_LIST = """
SELECT r.id, r.role, r.valid_from, r.valid_to, c.id, c.name, c.party FROM (
  SELECT r.id, r.other_record_id AS their_id, r.role, r.valid_from, r.valid_to, r.created_at
  FROM resolve_link m JOIN profile_relationship r ON r.record_id = m.record_id WHERE m.cluster_id = %(id)s AND m.ended_at IS NULL
  UNION ALL
  SELECT r.id, r.record_id, r.reciprocal_role, r.valid_from, r.valid_to, r.created_at
  FROM resolve_link m JOIN profile_relationship r ON r.other_record_id = m.record_id WHERE m.cluster_id = %(id)s AND m.ended_at IS NULL
) r JOIN resolve_link o ON o.record_id = r.their_id AND o.ended_at IS NULL JOIN profile_customer c ON c.id = o.cluster_id
WHERE c.id <> %(id)s AND (%(on)s::date IS NULL OR (
  coalesce(valid_from, (r.created_at AT TIME ZONE %(zone)s)::date) <= %(on)s
  AND coalesce(valid_to, 'infinity') >= %(on)s
))
ORDER BY r.valid_to NULLS FIRST, r.id
"""
_CREATE = """
INSERT INTO profile_relationship
  (id, record_id, other_record_id, role, reciprocal_role, valid_from, valid_to, author_id, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_END = """
UPDATE profile_relationship r SET valid_to = %s FROM resolve_link l
WHERE r.id = %s AND l.record_id IN (r.record_id, r.other_record_id) AND l.ended_at IS NULL AND l.cluster_id = %s
"""


class RelationshipNotFound(NotFound):
    """No such relationship of this customer."""

    code = "relationship_not_found"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship as one customer sees it: the other one is his `role`."""

    id: UUID
    role: str
    valid_from: date | None
    valid_to: date | None
    other_id: UUID
    other_name: str
    other_party: str


def list_relationships(customer_id: UUID, *, on: date | None = None) -> list[Tie]:
    """Return the ties of a living customer to others within the open scope, those that hold on a day or all.

    A tie whose start nobody wrote down holds from the day on which it was recorded.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LIST, {"id": customer_id, "on": on, "zone": environment().time_zone})
        return [Tie(*row) for row in cursor.fetchall()]


def create_relationship(
    *,
    customer_id: UUID,
    other_id: UUID,
    role: str,
    dates: tuple[date | None, date | None],
    author_id: int,
    now: datetime,
) -> UUID:
    """Tie two living customers: the other one is `role` for the first. Raises Invalid for an unknown role or dates in disorder."""
    if role not in ROLES:
        raise Invalid(Text("没有这种关系。", "There is no such relationship."))
    if customer_id == other_id:
        raise Invalid(Text("不能和自己建立关系。", "A customer cannot be related to himself."))
    if dates[0] and dates[1] and dates[0] > dates[1]:
        raise Invalid(Text("开始日期晚于结束日期。", "The start lies after the end."))
    made, records = new_id(), first_records([customer_id, other_id])
    ends = (records[customer_id], records[other_id])
    with connection.cursor() as cursor:
        cursor.execute(_CREATE, [made, *ends, role, ROLES[role][0], *dates, author_id, now])
    return made


def end_relationship(*, customer_id: UUID, relationship_id: UUID, on: date) -> None:
    """Close a tie on a day; it is kept. Raises RelationshipNotFound."""
    with connection.cursor() as cursor:
        cursor.execute(_END, [on, relationship_id, customer_id])
        if cursor.rowcount == 0:
            raise RelationshipNotFound(Text("没有这条关系。", "There is no such relationship."))
