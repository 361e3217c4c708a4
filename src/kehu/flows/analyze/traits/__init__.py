"""Traits made and kept up with what happens."""
