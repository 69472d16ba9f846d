"""The chores: the writer makes messages, the sender hands them over, the forgetter forgets codes.

No transaction is open while one of them is at work.
"""
