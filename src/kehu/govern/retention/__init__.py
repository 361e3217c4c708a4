"""How long what is kept for a while is kept: dated rules, as data."""
