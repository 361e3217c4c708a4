"""Interviews: guides written and published in versions, records of talks, and what the talks come to."""
