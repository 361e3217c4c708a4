"""Interviews: guides, records, results, and the talks as a file."""
