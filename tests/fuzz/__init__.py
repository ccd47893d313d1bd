"""Cases by the thousand for every parser: none may crash one, or keep it busy for long.

`python -m tests.fuzz` runs a hundred thousand of each.
"""
