"""How it all is run: the one place that may know several services."""
