"""The part of Liquid that templates may use: no loops over more than a few, nothing that reaches out, nothing unknown."""
