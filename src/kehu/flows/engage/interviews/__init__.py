"""From a talk to what it sets off, and the talks as a file."""
