"""What people would use instead: each is given the same columns to keep in its own way, and answers a plan with an `Answer`."""
