"""Banking: the fields, sources, units and invented customers of a city commercial bank."""
