"""Terms as 32-bit numbers, in which profiles keep them."""

from zlib import crc32


def number(term: str) -> int:
    """What is stored in place of a term."""
    return crc32(term.encode())
