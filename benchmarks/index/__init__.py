"""What it costs to keep the matcher's index: a change, its memory, a start from nothing, and asking it the other way round.

    python -m benchmarks.index --pas 10000 100000
"""
