"""Background entry points of the flows: each opens its own scope and transaction. Imported here so that workers know them."""

from kehu.flows.jobs import consent, imports, lake, upkeep

__all__ = ["consent", "imports", "lake", "upkeep"]
