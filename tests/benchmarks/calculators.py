"""How fast calculators answer: evaluations a second, queries a result, and what the page costs.

    python tests/benchmarks/calculators.py

An evaluation reads typed answers and computes the statement, the values being at hand. A page is the
whole request for a result. Its time is told as a ratio to a view that renders the same template
with the finished result at hand, which is the least any page of ours could take.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calculators.library.loading import load_calculators, load_values
from calculators.models import Calculator
from calculators.publishing.cases import case_answers, rates_by_area
from calculators.views import calculators
from calculators.worksheet import compute

SECONDS = 0.5  # for each figure, the fastest of TURNS
TURNS = 3


def rate(action) -> float:
    """How often a second `action` can be done, in CPU time: other work on the machine does not count."""
    return max(_rate_once(action) for _ in range(TURNS))


def _rate_once(action):
    count, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        action()
        count += 1
    return count / spent


def asked(definition):
    """The case that shows most of the working, and what a browser would send for it."""
    cases = [case for case in definition.cases if "refused" not in case.expected]
    case = max(cases, key=lambda case: len(case.answers))
    own = {definition.area_question.code: case.area, definition.day_question.code: case.on.isoformat()}
    return case, own | dict(case.answers)


def evaluations(definition, case):
    rates = rates_by_area(definition.reads, [case.area])[case.area]
    return rate(lambda: compute(definition, case_answers(definition, case, rates), rates))


def queries(address, answers):
    client = Client(SERVER_NAME="localhost")
    client.get(address, answers)
    with CaptureQueriesContext(connection) as taken:
        response = client.get(address, answers)
    assert response.status_code == 200, address
    return len(taken)


def page_ratio(calculator, answers):
    """The view's time over that of rendering its own finished context again."""
    request = RequestFactory(SERVER_NAME="localhost").get(calculator.get_absolute_url(), answers)
    kept = {}

    def keep(request, template, context):
        kept.update(template=template, context=context)
        return render(request, template, context)

    calculators.render, original = keep, calculators.render
    calculators.calculator(request, calculator.code)
    calculators.render = original
    constant = rate(lambda: render(request, kept["template"], kept["context"]))
    return constant / rate(lambda: calculators.calculator(request, calculator.code)), 1000 / constant


def main():
    connection.creation.create_test_db(verbosity=0)
    settings.API_PER_MINUTE = 10**9
    load_values()
    load_calculators()
    print(
        f"{'calculator':28} {'evaluations/s':>14} {'queries: page':>14} {'API':>4} {'page/constant':>14} {'constant ms':>12}"
    )
    worst = 0
    for calculator in Calculator.objects.live():
        definition = calculator.published()
        case, answers = asked(definition)
        on_page = queries(calculator.get_absolute_url(), answers)
        through_api = queries(f"{reverse('api:api-root')}calculators/{calculator.code}/compute", answers)
        ratio, constant = page_ratio(calculator, answers)
        speed = evaluations(definition, case)
        worst = max(worst, on_page, through_api)
        print(
            f"{calculator.code:28} {speed:14,.0f} {on_page:14} {through_api:4} {ratio:14.2f} {constant:12.2f}",
            flush=True,
        )
    return int(worst > 4)


if __name__ == "__main__":
    sys.exit(main())
