"""A definition as SQL: written once as expressions, and printed in the dialect of the engine that is asked."""
