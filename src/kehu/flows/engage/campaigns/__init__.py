"""Campaigns go out: planned when their time comes, sent by one sender at a time."""
