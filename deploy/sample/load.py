"""A sample put into running services, over the same HTTP that any council system would use."""
from collections.abc import Callable, Mapping

from deploy.sample.sample import Sample

Progress = Callable[[str, int, int], None]
"""Told as it goes: what is being loaded ("profiles"), how many are done, of how many."""


async def load(base_urls: Mapping[str, str], key: str, sample: Sample, progress: Progress) -> None:
    """`base_urls`: registry, notifier and portal -> "http://127.0.0.1:8001". Loading twice changes nothing."""
    raise NotImplementedError


async def is_loaded(base_urls: Mapping[str, str], key: str, sample: Sample) -> bool:
    """Whether everybody of this sample is there already: then leave it, so that what was changed by hand stays."""
    raise NotImplementedError
