"""What models of value and of the life of a customer have in common: made, changed in versions, kept as traits."""
