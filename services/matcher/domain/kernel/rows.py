"""Which plan is in which row, as plans come, change and go."""
from collections.abc import Sequence

from services.matcher.domain.plan import Plan, PlanId


class Rows:
    """A plan that changed is another object: so what changed is known without comparing, nor asking for ids one by one."""

    def __init__(self) -> None:
        self.plans: list[Plan | None] = []
        """By row; None: free."""
        self.row_of: dict[PlanId, int] = {}
        self.row_at: dict[int, int] = {}
        """By the identity of the object that stands there."""
        self.free: list[int] = []
        self.last: list[Plan] = []

    def follow(self, plans: Sequence[Plan]) -> tuple[list[tuple[int, Plan]], list[int]]:
        """These are the plans now: what is to be written where, and which rows are left."""
        now = list(plans)
        if now == self.last:  # the very same objects, which is seen in no time, or others that say the same
            return [], []
        self.last, known = now, self.row_at
        written = [(self.put(plan), plan) for plan in [plan for plan in now if id(plan) not in known]]
        left = []
        if len(known) != len(now):
            for gone in known.keys() - set(map(id, now)):
                plan = self.plans[known[gone]]
                assert plan is not None
                left.append(self.drop(plan.plan_id))
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
        elif (before := self.plans[row]) is not None:
            del self.row_at[id(before)]
        self.plans[row] = plan
        self.row_at[id(plan)] = row
        return row

    def drop(self, plan_id: PlanId) -> int:
        row = self.row_of.pop(plan_id)
        del self.row_at[id(self.plans[row])]
        self.plans[row] = None
        self.free.append(row)
        return row
