"""Segments: who is meant, written once as a tree, read the same by every engine."""
