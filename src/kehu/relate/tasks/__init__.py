"""Tasks for customers: opened by rules or by people, worked and closed by people."""
