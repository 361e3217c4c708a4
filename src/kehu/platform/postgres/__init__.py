"""The PostgreSQL that Kehu stands on: its own embedded server, or the one that KEHU_DATABASE_URL names."""
