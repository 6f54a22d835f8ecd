"""The mails that leave the server, and where they go."""
