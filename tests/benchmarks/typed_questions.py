"""How well typed questions are understood, asked at the real address of a running site.

    python tests/benchmarks/typed_questions.py [FILE …] [--show] [--site http://127.0.0.1:8000]

FILE holds JSON lines {q, calculator, answers, kind}: what a sentence asks, or null, and what its words say, nothing more;
without one it is typed_questions.jsonl beside this program. Without --site a throw-away site with the shipped values and
calculators is served by itself. Printed: right calculator (null counts), answers found of those said (recall), answers
right of those given (precision), questions wholly right, wrongly answered ones, and how long understanding takes.
Exit status 1 where a calculator answers what it should not, or a score is below what the site promises.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "yibao_site.settings"
os.environ["HTTPS"] = "off"
os.environ["API_PER_MINUTE"] = "1000000000"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER, load_calculators, load_values
from calculators.library.places import shipped_places
from calculators.typed_questions.interpretation import interpret
from calculators.typed_questions.places import PlaceIndex

OWN_FILE = Path(__file__).parent / "typed_questions.jsonl"
RIGHT, RECALL, PRECISION = 0.95, 0.95, 0.97
ROUNDS = 5


@dataclass
class Score:
    questions: int = 0
    right: int = 0
    wrong: int = 0
    whole: int = 0
    said: int = 0
    found: int = 0
    given: int = 0

    def add(self, row, got) -> bool:
        """Whether the question was wholly understood."""
        code, wanted, given = got["calculator"], row["answers"], got["answers"]
        is_right = code == row["calculator"]
        hits = [name for name in wanted if same(given.get(name), wanted[name])] if is_right else []
        self.questions += 1
        self.right += is_right
        self.wrong += code is not None and not is_right
        if row["calculator"]:
            self.said, self.found = self.said + len(wanted), self.found + len(hits)
            self.given += len(given) if is_right else 0
        is_whole = is_right and (code is None or len(hits) == len(wanted) == len(given))
        self.whole += is_whole
        return is_whole

    def __str__(self):
        shares = (self.right / self.questions, ratio(self.found, self.said), ratio(self.found, self.given))
        right, recall, precision = (f"{share:.3f}" for share in shares)
        return f"{self.questions:4}  right {right}  recall {recall}  precision {precision}  whole {self.whole / self.questions:.3f}  wrong {self.wrong}"

    @property
    def is_enough(self):
        shares = (self.right / self.questions, ratio(self.found, self.said), ratio(self.found, self.given))
        return self.wrong == 0 and all(
            share >= least for share, least in zip(shares, (RIGHT, RECALL, PRECISION), strict=True)
        )


def ratio(part, whole):
    return part / whole if whole else 1


def same(given, wanted):
    try:
        return Decimal(given) == Decimal(wanted)
    except (InvalidOperation, TypeError):
        return given == wanted


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing that is asked is printed."""


def serve():
    call_command("migrate", verbosity=0)
    load_values()
    load_calculators()
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def ask(site, question):
    with urlopen(f"{site}/api/v1/ask?{urlencode({'q': question})}", timeout=60) as response:  # noqa: S310 - our own site
        return json.load(response)


def milliseconds_to_understand(rows):
    definitions = [
        from_toml(path.read_text(encoding="utf-8")) for path in (LIBRARY_FOLDER / "calculators").glob("*.toml")
    ]
    places, today = PlaceIndex(shipped_places()), timezone.localdate()
    start = time.process_time()
    for _ in range(ROUNDS):
        for row in rows:
            interpret(row["q"], definitions, places, set(), today)
    return (time.process_time() - start) * 1000 / ROUNDS / len(rows)


def measure(site, rows, show):
    scores = {"all": Score()}
    for row in rows:
        got = ask(site, row["q"])
        is_whole = scores["all"].add(row, got)
        scores.setdefault(row.get("kind", "other"), Score()).add(row, got)
        if show and not is_whole:
            print(
                f"{row['q']} | wanted {row['calculator']} {row['answers']} | got {got['calculator']} {got['answers']}"
            )
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[OWN_FILE])
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--site")
    given = parser.parse_args()
    site, is_enough = given.site or serve(), True
    for path in given.files:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        scores = measure(site, rows, given.show)
        for kind, score in scores.items():
            print(f"{kind:14} {score}")
        print(
            f"understanding  {milliseconds_to_understand(rows):.2f} ms a question, {Counter(row['calculator'] for row in rows)[None]} of {len(rows)} ask nothing"
        )
        is_enough = is_enough and scores["all"].is_enough
    return int(not is_enough)


if __name__ == "__main__":
    sys.exit(main())
