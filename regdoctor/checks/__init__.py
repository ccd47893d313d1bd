"""One question a file: (set, world) → outcome. A check returns; it prints nothing and raises nothing."""
