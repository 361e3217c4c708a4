"""Numbers that identify: resident ID and other documents, company codes, bank cards."""
