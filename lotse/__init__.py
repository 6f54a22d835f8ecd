"""The command-line program `lotse`: imports, searches, trains, measures, serves."""
