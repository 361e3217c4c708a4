"""How many customers came and changed lately, within the open scope."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kehu.profile.models import Customer

# Whoever is new since has changed since too, so that both are found by the index of changes.
_LATELY = """
SELECT count(*) FILTER (WHERE c.created_at >= %(since)s), count(*) FILTER (WHERE c.created_at < %(since)s)
FROM profile_customer c WHERE c.is_identified AND c.updated_at >= %(since)s
"""


@dataclass(frozen=True, slots=True)
class Lately:
    """Customers first known since a moment, and those known before that changed since."""

    created: int
    changed: int


def count_lately(since: datetime) -> Lately:
    """Count who came and who changed since a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, {"since": since})
        return Lately(*cursor.fetchone())


def has_customers() -> bool:
    """Whether there is anybody within the open scope."""
    return Customer.objects.exists()
