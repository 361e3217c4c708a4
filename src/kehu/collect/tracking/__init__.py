"""Live events: what tracking clients send, from the body of a request to the durable inbox and back out of it."""
