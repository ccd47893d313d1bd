"""The parts of regdoctor that need no world: asked one by one, without a network."""
