"""The tamper-evident trail: audit events sealed in Merkle batches, chained, signed, anchored outside the database, verified."""
