"""The edge of a request: who asks, in which transaction, and how errors, pages and headers look."""
