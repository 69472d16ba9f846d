"""What the matcher can do, by subject: keep its index, rank what is due, carry introductions, answer who stands where."""
