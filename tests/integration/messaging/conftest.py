"""Each file of these begins with a broker that nobody has told anything."""
import pytest


@pytest.fixture(autouse=True, scope="module")
def each_file_begins_anew(empty_broker: None) -> None:
    pass
