"""Routes of customers: finding, entering, reading, exporting and erasing them."""
