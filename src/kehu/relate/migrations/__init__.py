"""Schema of this layer, step by step."""
