"""The rules again, over columns: the same answers as the plain rules to the bit, for everybody at once.

The plain rules (`ranking`, `placing` and the subjects beside them) say what is right; a property test holds this to them.
Read `index`, then `compiled`, then `scan`, then one of `parts`.
"""
