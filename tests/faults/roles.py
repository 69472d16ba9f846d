"""What a child of the nursery does: one of our four services, or one of the two small ones, as it is or broken on purpose."""
import os
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.faults import broken, clocks, points, small
from tests.faults.routes import route

SERVICES = ("registry", "matcher", "notifier", "portal")
for service in SERVICES:  # once for all children
    import_module(f"services.{service}.app")


def play(task: dict[str, Any]) -> int:
    """`role`, `env`; and if wanted `at` (where to end, see points.Watch), `pause`, `passed` (a file), `broken` (switches),
    `route` (the broker's port, and the one to go to instead), `alone` (the only council it hears, in a group of its own)."""
    os.environ.update(task["env"])
    clocks.mend_sleep()
    if task.get("at") or task.get("passed"):
        passed = Path(task["passed"]) if task.get("passed") else None
        points.watch(points.Watch(at=task.get("at"), pause=task.get("pause"), passed=passed))
    broken.switch(task.get("broken", ()))
    if task.get("hurry"):
        small.in_a_hurry()
    if task.get("alone"):
        small.deaf_to_others(task["alone"])
        small.in_a_group_of_its_own(task["group"])
    with route(*task["route"]) if task.get("route") else nullcontext():
        serve(task)
    return 0


def serve(task: dict[str, Any]) -> None:
    from shared.messaging.service import main
    from shared.runtime import environment

    role, name = task["role"], task.get("name", task["role"])
    migrations = Path(__file__).parent
    if role in SERVICES:
        small.claims_end_soon()
        small.not_in_minutes()
        app = import_module(f"services.{role}.app")
        main(role, app.build, import_module(f"services.{role}.settings").Settings, migrations)
    elif role == "teller":
        telling = small.Telling(**task["telling"])
        main(name, lambda settings: small.teller(name, settings, telling), environment.Settings, migrations)
    elif role == "reader":
        telling = small.Telling(**task["telling"])
        main(name, lambda settings: small.reader(name, settings, telling), environment.Settings, migrations)
    else:
        raise ValueError(role)
