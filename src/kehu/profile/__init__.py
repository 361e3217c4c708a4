"""The golden customer with its provenance, search, timeline and history. Sends nothing."""
