"""The life of a customer: stages by rules, who stands in which since when, and how customers move from one to another."""
