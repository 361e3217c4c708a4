"""Who may do what: actors, rights, roles and their separation."""
