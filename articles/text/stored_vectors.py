"""Vectors of the sentence model as they are stored: half-precision numbers, 768 bytes a vector."""

from collections.abc import Sequence

import numpy as np

from articles.text.sentence_model import DIMENSIONS

_STORED = np.dtype("<f2")


def to_bytes(vector: np.ndarray) -> bytes:
    return vector.astype(_STORED).tobytes()


def from_bytes(stored: Sequence[bytes]) -> np.ndarray:
    """One row for each stored vector."""
    return np.frombuffer(b"".join(stored), _STORED).reshape(-1, DIMENSIONS).astype(np.float32)
