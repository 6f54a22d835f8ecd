"""Who listens to what each turn was: the counters, and the keeper of what was asked in vain."""
