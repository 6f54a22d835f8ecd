"""The JSON addresses: chat, search, feedback, and their description."""
