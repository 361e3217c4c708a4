"""What of the customers is mirrored to the lake, how it follows the database, and how it is verified."""
