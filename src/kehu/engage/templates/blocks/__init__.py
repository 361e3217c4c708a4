"""Blocks that a marketer understands, written as MJML: headline, text, picture, button, line, two columns, foot."""
