"""Access, field registry, sealing, audit, consent. Never imports a domain, never refers to a customer by plain id."""
