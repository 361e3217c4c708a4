"""The stories of live events: taken in, applied, replayed."""
