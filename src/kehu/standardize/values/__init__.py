"""Dates, times, money and coded values."""
