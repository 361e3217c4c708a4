"""Segments that are kept: definitions in versions, and who is in, from when until when."""
