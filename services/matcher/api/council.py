"""Whose: the council every question over HTTP names in its path."""
from typing import Annotated

from fastapi import Path

from shared import contracts

Council = Annotated[contracts.Council, Path(description="The council's short name")]
