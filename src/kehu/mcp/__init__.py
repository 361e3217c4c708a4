"""The face for assistants: the same operations as tools."""
