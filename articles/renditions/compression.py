"""Compression of pages with brotli: one window for all, so that no thread's encoder takes more than a page needs."""

import brotli

# 64 kB, more than most pages; with the default of 4 MB each thread's encoder takes 8 MB, which stay in the heap.
BROTLI_WINDOW_BITS = 16


def compress(body: bytes, quality: int) -> bytes:
    """`quality` from 0, fast, to 11, small."""
    return brotli.compress(body, quality=quality, lgwin=BROTLI_WINDOW_BITS)
