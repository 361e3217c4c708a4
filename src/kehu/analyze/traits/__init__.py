"""Computed traits: a figure or a word of every customer, made of what happened, written once, kept up by itself."""
