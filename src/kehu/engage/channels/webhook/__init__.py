"""Signed webhooks: any system of the house or outside is told by an HTTPS POST that it can check."""
