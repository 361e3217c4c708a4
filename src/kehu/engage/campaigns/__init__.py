"""Campaigns: who gets what, when, once; and what it did."""
