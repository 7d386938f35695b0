"""The product's own models: fitted once, for every test that asks them."""

import pytest

from bpr.classify.classifier import load_classifier
from bpr.classify.model import Model
from tests.builder import SETTINGS


@pytest.fixture(scope="session")
def model() -> Model:
    """What judges the class."""
    return load_classifier(SETTINGS.acts).work_class


@pytest.fixture(scope="session")
def medium_model() -> Model:
    """What judges the medium."""
    return load_classifier(SETTINGS.acts).medium
