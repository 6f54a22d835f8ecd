"""Offerings as files: lists to take away, and an empty table to begin with."""
