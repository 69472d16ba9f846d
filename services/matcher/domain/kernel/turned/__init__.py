"""The kernel with the roles swapped: where one PA stands for every open plan at once, the same as the plain rules to the bit.

Plans differ in shape more than PAs do, so a plan's wishes are questions: each different one is answered for the PA once, by the
plain rules, and what depends on both (times, place, pay, hours) is worked out over columns. Read `asks`, `answers`, `cases`,
`table`, then `seen`.
"""
