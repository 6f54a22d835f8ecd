"""The inbox: questions that parents left for the alliances."""
