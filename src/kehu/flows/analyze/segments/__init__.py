"""Segments kept up with what happens, and what follows when somebody enters or leaves."""
