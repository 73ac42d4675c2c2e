import pytest

from calculators.definition import QUESTION_KINDS
from tests.calculators.definition.kind_examples import PLANTED, TENTHS


@pytest.fixture
def tenths(monkeypatch):
    """A twelfth kind, put into the table alone: no other module, template or table learns of it."""
    monkeypatch.setitem(QUESTION_KINDS, PLANTED, TENTHS)


@pytest.fixture
def code(request):
    """The code of each kind there is, and of the one planted."""
    if request.param == PLANTED:
        request.getfixturevalue("tenths")
    return request.param
