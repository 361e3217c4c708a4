"""Background entry points of the flows: each opens its own scope and transaction. Imported here so that workers know them."""

from kehu.flows.jobs import campaigns, channels, consent, imports, lake, traits, upkeep

__all__ = ["campaigns", "channels", "consent", "imports", "lake", "traits", "upkeep"]
