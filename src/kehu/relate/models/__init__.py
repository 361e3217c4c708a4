"""Work from person to person: tables and constraints, no logic."""

from kehu.relate.models import tasks

__all__ = ["tasks"]
