"""Channels, templates, surveys, campaigns, journeys. Talks to providers inside `channels` only."""
