"""Next best offers: what to recommend to whom by rule, why, and what became of it."""
