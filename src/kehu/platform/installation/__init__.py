"""The home of an installation: folders, settings from outside, keys and certificates."""
