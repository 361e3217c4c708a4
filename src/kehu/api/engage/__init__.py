"""Routes of what is sent and asked."""
