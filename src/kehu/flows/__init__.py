"""Stories that cross domains, each one readable script. Holds no rule of its own."""
