"""Encryption in the application: suites, the key hierarchy, sealed blobs, blind indexes, sealed files."""
