"""The real catalogue, and one typesetter for all tests."""
import pytest

from services.notifier.renderers import catalogue
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters


@pytest.fixture(scope="session")
def words() -> Catalogue:
    return catalogue.read()


@pytest.fixture(scope="session")
def letters() -> Letters:
    return Letters()
