"""Templates: MJML and Liquid in, a message out. Customers' values pass as text only, and only of fields that may be used."""
