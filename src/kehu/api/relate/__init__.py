"""Work from person to person."""
