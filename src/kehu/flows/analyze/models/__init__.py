"""Models of value and of the life of a customer, made and kept up with what happens."""
