"""Django's PostgreSQL backend with the signed scope set at the start of every transaction."""
