"""Where help is wanted and too few can give it, counted so that nobody can be found in the counts."""
