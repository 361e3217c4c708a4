"""Background entry points of the flows: each opens its own scope and transaction. Imported here so that workers know them."""

from kehu.flows.jobs import campaigns, consent, imports, lake, upkeep

__all__ = ["campaigns", "consent", "imports", "lake", "upkeep"]
