"""The field registry, and how a value may be shown."""
