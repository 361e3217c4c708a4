"""Answers: read against the questions, written as rows, and opened for the customer they are of."""
