"""Single draws from the dice: names, places, numbers; each valid by itself, and made into people elsewhere."""
