"""What the cards count: rows of a customer, a place on the axis, a series and a value."""
