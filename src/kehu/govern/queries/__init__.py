"""Reads of govern: people, units, roles and the audit trail."""
