"""Text files with a delimiter: their encoding, their layout, and their rows."""
