"""The test lab: real registries and Engines, broken peers, and a network of the tests' own.

Each part is a context manager, each wait has a deadline, and nothing of it outlives its `with`.
"""
