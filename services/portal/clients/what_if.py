"""How many more people would fit a plan that asked for less, as the matcher counts them."""
from services.portal.clients.asking import Heard


class Step(Heard):
    code: str


class Outcome(Heard):
    steps: tuple[Step, ...]
    more: int
    fewer: int
    text: str


class WhatIf(Heard):
    fitting: int
    in_scope: int
    singles: tuple[Outcome, ...] = ()
    best: Outcome | None = None
    best_pair: Outcome | None = None
