"""What makes a good match, and why: the plain-Python rules. Pure: no I/O, no clock, no randomness, no framework.

Every number is whole: quarter-hours, metres, pence, millionths. Read `ranking`, then `placing`, then one subject at a time.
"""
