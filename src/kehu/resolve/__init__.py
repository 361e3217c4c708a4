"""Identifiers, matching, clusters and links. Never edits a golden value."""
