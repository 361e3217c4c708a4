"""Tables of this layer. Imported here once so that Django finds them; code imports the modules."""
