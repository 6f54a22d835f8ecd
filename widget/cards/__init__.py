"""How offerings look in a reply: what a card shows, in words of the reader's language."""
