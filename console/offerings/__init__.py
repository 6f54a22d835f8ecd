"""Offerings: finding, writing, previewing, publishing them, and their history."""
