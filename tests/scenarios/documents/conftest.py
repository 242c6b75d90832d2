"""A document with its pictures, drawn once."""

import pytest
from document_examples import document, material

from scenarios.documents.writers.drawn import pictures_of


@pytest.fixture(scope="session")
def made():
    return document()


@pytest.fixture(scope="session")
def pictures(made):
    return pictures_of(made)


@pytest.fixture(scope="session")
def sure():
    """A material whose differences are sure."""
    return material()


@pytest.fixture(scope="session")
def vague():
    """The same with chance so large that no difference is sure."""
    return material(spread=5.0)
