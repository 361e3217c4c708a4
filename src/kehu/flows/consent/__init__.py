"""Consent from end to end: what a person says is written, and holds for the next read and for what waits to be sent."""
