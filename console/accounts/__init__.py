"""Accounts: signing in and out, passwords by link, one's own settings, and looking after others'."""
