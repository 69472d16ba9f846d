"""What it costs to rank everybody of a register for one plan, against what people would use instead, in the same run.

    python -m benchmarks.ranking --sizes 1k,10k,100k,1M

Every engine gets the same PAs, the same plans and the same rules, and must give the same answer: see `answer.py`.
"""
