"""What can be done with the register. Each runs inside a transaction its caller owns."""
