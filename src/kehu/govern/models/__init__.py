"""Tables of govern. Imported here once so that Django finds them; code imports the modules."""

from kehu.govern.models import access, approvals, audit, fields, keys, purposes

__all__ = ["access", "approvals", "audit", "fields", "keys", "purposes"]
