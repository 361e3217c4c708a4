"""E-mail by SMTP: messages, signatures, connections, bounces."""
