"""What hostile formulas cost: the worst time and memory of a corpus of nasty ones and of many drawn at random.

    python tests/benchmarks/formulas.py [how many at random]        5000 where none is given

Each goes through everything that is ever done with a formula: read, checked, computed, shown with its numbers. An
editor's formula may take 50 ms and 50 MB. Time is processor time, the better of two runs; memory is what Python allocates.
"""

import itertools
import random
import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from calculators.formulas import FUNCTIONS, compile_formula
from tests.calculators.formulas.test_fuzz import CONSTANTS, NASTY, SIGNS, VALUES, run

MOST_MS, MOST_MB = 50, 50
PIECES = [*FUNCTIONS, *VALUES, *SIGNS, *CONSTANTS]
NUMBERS = ["甲", "乙", "限", "0", "3", "90%", "1.2万", "合计(列)", "分段累计(表, 0, 甲)"]
TIMES = 2


def milliseconds(text):
    spent = []
    for _ in range(TIMES):
        compile_formula.cache_clear()
        start = time.process_time()
        run(text)
        spent.append(1000 * (time.process_time() - start))
    return min(spent)


def megabytes(text):
    compile_formula.cache_clear()
    tracemalloc.start()
    run(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def any_signs(draw):
    """Any characters at all, those of formulas more often."""
    return "".join(chr(draw.randrange(32, 0x9FFF)) if draw.random() < 0.3 else draw.choice(PIECES) for _ in range(60))


def words(draw):
    """Words and signs in any order."""
    return "".join(draw.choice(PIECES) for _ in range(draw.randrange(1, 80)))


def well_formed(draw, depth=6):
    """A formula that computes something."""
    if depth == 0 or draw.random() < 0.1:
        return draw.choice(NUMBERS)
    inner = [well_formed(draw, depth - 1) for _ in range(3)]
    shapes = [
        f"({inner[0]} {draw.choice('＋−×÷')} {inner[1]})",
        f"取大({', '.join(inner)})",
        f"如果({inner[0]} ≥ {inner[1]}, {inner[2]}, {inner[0]})",
    ]
    return draw.choice(shapes)


def main():
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    kinds = {"the nasty corpus": NASTY}
    for kind in (any_signs, words, well_formed):
        draw = random.Random(2026)  # noqa: S311 - the same formulas each time
        kinds[kind.__doc__.rstrip(".").lower()] = [kind(draw) for _ in range(many)]
    print(f"{'formulas':45} {'count':>6} {'worst ms':>9} {'worst MB':>9}")
    worst_time = worst_memory = 0.0
    for name, texts in kinds.items():
        times = sorted(((milliseconds(text), text) for text in texts), reverse=True)
        memory = max(megabytes(text) for _, text in itertools.islice(times, 200))
        worst_time, worst_memory = max(worst_time, times[0][0]), max(worst_memory, memory)
        print(f"{name:45} {len(texts):6} {times[0][0]:9.1f} {memory:9.2f}", flush=True)
    return int(worst_time > MOST_MS or worst_memory > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
