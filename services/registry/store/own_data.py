"""What the registry holds about one PA, for their own copy."""
from collections.abc import Mapping
from typing import Any

from services.registry.store import sql
from shared.messaging.own_data import Part
from shared.vocabulary import week


def with_times_in_words(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "free_times": week.in_words(week.from_hex(row["free_times"]))}


OWN_DATA = {"profile": Part(sql.own_profile, with_times_in_words), "consents": Part(sql.own_consents)}
