"""Translations of offerings: what is missing or out of date, written side by side, by agencies, or by a machine."""
