"""Lists of customers that somebody pasted or uploaded: matched by blind index, kept without the numbers."""
