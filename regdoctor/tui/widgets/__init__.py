"""What the app shows: one widget, one piece of what is known."""
