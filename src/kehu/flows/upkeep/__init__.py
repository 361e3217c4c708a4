"""What an operator does: prepare, back up, restore, rotate keys, seal the audit."""
