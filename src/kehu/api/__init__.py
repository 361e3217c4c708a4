"""The HTTP face: parse, authorize, call, present."""
