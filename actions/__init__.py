"""The actions of the dialogue: they turn what is known into a question to the search, and matches into cards."""
