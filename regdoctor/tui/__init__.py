"""The terminal app: it renders the events of a diagnosis and decides nothing.

What is known lives in one immutable `Board`. Runs post their events up to the app, the app makes the next
board of them, and boards flow down to the widgets.
"""
