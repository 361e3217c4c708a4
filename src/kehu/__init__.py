"""Kehu: collect, standardize, resolve, profile, analyze, relate and engage, under govern."""
