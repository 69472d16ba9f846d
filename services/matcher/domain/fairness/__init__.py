"""Who was shown and who was asked, counted beside the lists. Nothing here is read by what makes a list."""
