"""How well search tells what no article is about, on the shipped articles and synonyms.

    python tests/benchmarks/relevance_floor.py [--show]

relevance_floor.jsonl holds a search a line, {q, has_article}: what visitors and the lists of other sites ask, judged by
hand against the titles of the shipped articles. Printed: of the searches with an article those that are admitted as missed
(should be none), and of those without the ones that are admitted.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao_site.settings")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from articles.search.engine.find import find
from yibao_site.demo import load_demo

SEARCHES = Path(__file__).with_suffix(".jsonl")


def main():
    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        load_demo()
    searches = [json.loads(line) for line in SEARCHES.read_text(encoding="utf-8").splitlines()]
    admitted = {one["q"]: not find(one["q"], timezone.now()).answers for one in searches}
    for has_article, words in ((True, "with an article"), (False, "without")):
        asked = [one["q"] for one in searches if one["has_article"] == has_article]
        said = [query for query in asked if admitted[query]]
        print(f"| searches {words} | {len(asked)} | admitted as missed {len(said)} |")
        if "--show" in sys.argv:
            print("、".join(query for query in asked if admitted[query] == has_article) or "none wrong")


if __name__ == "__main__":
    main()
