"""Who says something of what follows a yes: one of the two, or somebody for them."""
from enum import StrEnum


class By(StrEnum):
    PERSON = "person"
    PA = "pa"
    SUPPORTER = "supporter"
    STAFF = "staff"


BOTH = frozenset({By.PERSON, By.PA})
