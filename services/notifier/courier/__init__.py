"""The two chores: the writer makes messages, the sender hands them over. No transaction is open while either is at work."""
