"""Getting facts from one service's transaction into another's, once and in order: outbox, relay, inbox, dead letters.

Here because all four services deliver the same way. Nothing in it knows what any event is about.
"""
