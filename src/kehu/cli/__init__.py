"""The command line face of the same operations."""
