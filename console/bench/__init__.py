"""The test bench: with which questions an offering should be found, and what a question finds."""
