"""The stories of an import: upload, dry run, start, run."""
