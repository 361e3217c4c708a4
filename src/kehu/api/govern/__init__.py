"""Routes of users, roles, units, fields, access and audit."""
