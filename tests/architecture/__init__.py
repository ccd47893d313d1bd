"""The house: which way imports point, and what a run does not load."""
