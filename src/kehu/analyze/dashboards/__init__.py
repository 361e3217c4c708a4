"""Dashboards: cards whose figures are counted within the reader's scope, and the customers behind each figure."""
