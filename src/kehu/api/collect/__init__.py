"""Routes of sources, imports, live events and the tracking protocol."""
