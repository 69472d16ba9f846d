"""Which plan is in which row, as plans come, change and go."""
from collections.abc import Sequence

from services.matcher.domain.plan import Plan, PlanId


class Rows:
    """A plan that changed is another object: so what changed is known without comparing."""

    def __init__(self) -> None:
        self.plans: list[Plan | None] = []
        """By row; None: free."""
        self.row_of: dict[PlanId, int] = {}
        self.free: list[int] = []

    def follow(self, plans: Sequence[Plan]) -> tuple[list[tuple[int, Plan]], list[int]]:
        """These are the plans now: what is to be written where, and which rows are left."""
        written, left = [], []
        for plan in plans:
            row = self.row_of.get(plan.plan_id)
            if row is None or self.plans[row] is not plan:
                written.append((self.put(plan), plan))
        if len(self.row_of) != len(plans):
            left = [self.drop(gone) for gone in self.row_of.keys() - {plan.plan_id for plan in plans}]
        return written, left

    def put(self, plan: Plan) -> int:
        row = self.row_of.get(plan.plan_id)
        if row is None:
            if self.free:
                row = self.free.pop()
            else:
                self.plans.append(None)
                row = len(self.plans) - 1
            self.row_of[plan.plan_id] = row
        self.plans[row] = plan
        return row

    def drop(self, plan_id: PlanId) -> int:
        row = self.row_of.pop(plan_id)
        self.plans[row] = None
        self.free.append(row)
        return row
