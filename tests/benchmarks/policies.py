"""How fast values are found as their number grows: lookups a second and queries a calculation.

    python tests/benchmarks/policies.py [rows …]        550 50000 1000000 where none are given
    DATABASE_URL=postgres://… python tests/benchmarks/policies.py

Each size is built in a database of its own (test_<name>), measured and dropped. A calculation
reads four parameters of one area with what it may inherit, as the outpatient calculator does. The last column
is the time a lookup takes, as a ratio to that of the smallest size: it must stay flat.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import json
import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculators.models import Dimension, Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.policies.in_force import values_in_force

SIZES = [550, 50_000, 1_000_000]
ROWS_A_SERIES = 4
CONDITIONS = [("", {}), ('{"person_type":["retired"]}', {"person_type": ["retired"]})]
CALCULATION = 4  # parameters that one calculation reads
BATCHES, CALCULATIONS_A_BATCH = 20, 20  # the fastest batch counts: the rest met other work on the machine
DAY = date(2026, 6, 1)
QUARTER = timedelta(days=91)


def build(rows):
    """Areas and parameters grow together with the rows, so that a series has the same length at every size."""
    series = max(rows // ROWS_A_SERIES // len(CONDITIONS), 1)
    areas = make_areas(min(max(series // 12, 3), 2_500))
    parameters = make_parameters(-(-series // PoolingArea.objects.count()))
    make_values(PolicyDocument.objects.create(slug="bench", title="测试文件", grade="A"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return areas, parameters, PolicyValue.objects.count()


def make_areas(number):
    nation = PoolingArea.objects.create(code="CN", name="全国", short_name="全国")
    provinces = [
        PoolingArea(code=f"{n + 10}0000", name=f"省{n}", short_name=f"省{n}", parent=nation)
        for n in range(min(number, 30))
    ]
    PoolingArea.objects.bulk_create(provinces)
    cities = [
        PoolingArea(
            code=f"{n % 30 + 10}{n:04}"[:6], name=f"市{n}", short_name=f"市{n}", parent=provinces[n % len(provinces)]
        )
        for n in range(1, number)
    ]
    PoolingArea.objects.bulk_create(cities)
    return [nation, *cities]


def make_parameters(number):
    made = [
        Parameter(code=f"bench.{n}", name=f"参数{n}", family="试验", shape="amount", unit="CNY", inherits="nation")
        for n in range(max(number, CALCULATION))
    ]
    Parameter.objects.bulk_create(made)
    return made


def make_values(document):
    """Every parameter in every area, for everybody and for the retired, a row a quarter: made by the database itself."""
    for key, conditions in CONDITIONS:
        for quarter in range(ROWS_A_SERIES):
            columns = {
                "conditions": json.dumps(conditions),
                "conditions_key": key,
                "conditions_text": "",
                "kind": "value",
                "number": quarter,
                "text": "",
                "bands": "[]",
                "unit": "CNY",
                "effective_from": DAY - QUARTER * quarter,
                "document_id": document.pk,
                "clause": "",
                "status": "confirmed",
                "note": "",
            }
            into, given = ", ".join(columns), ", ".join(["%s"] * len(columns))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO calculators_policyvalue (parameter_id, area_id, {into}) SELECT parameter.id, area.id, {given}"  # noqa: S608 - names of ours
                    " FROM calculators_parameter parameter CROSS JOIN calculators_poolingarea area",
                    list(columns.values()),
                )


def calculate(area, names):
    """One calculation: all its values in one go, each asked for twice."""
    values = values_in_force(names, area=area.code, on=DAY)
    for name in names:
        values.get(name, person_type="retired")
        values.get(name)


def measure(areas, parameters):
    """Calculations a second, the queries of one, and whether the database finds the rows by an index."""
    jobs = [
        (area, [parameter.name for parameter in parameters[start : start + CALCULATION]])
        for area in areas[1 :: max(len(areas) // 50, 1)]
        for start in range(0, len(parameters), max(len(parameters) // 10, CALCULATION))
        if start + CALCULATION <= len(parameters)
    ]
    with CaptureQueriesContext(connection) as captured:
        calculate(*jobs[0])
    best = min(_time_of(jobs, batch) for batch in range(BATCHES))
    return CALCULATIONS_A_BATCH / best, len(captured), is_indexed(captured[0]["sql"])


def _time_of(jobs, batch):
    started = time.perf_counter()
    for number in range(CALCULATIONS_A_BATCH):
        calculate(*jobs[(batch * CALCULATIONS_A_BATCH + number) % len(jobs)])
    return time.perf_counter() - started


def is_indexed(sql):
    """Whether the plan goes to policy values through an index, never through all of them."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}")
        plan = [" ".join(str(cell) for cell in row) for row in cursor.fetchall()]
    scan = "SCAN calculators_policyvalue" if connection.vendor == "sqlite" else "Seq Scan on calculators_policyvalue"
    return not any(scan in line and "INDEX" not in line for line in plan)


def run(rows):
    if connection.vendor == "sqlite":  # a file, as in production, not memory
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["DATA_DIR"]) / f"bench-{rows}.sqlite3")
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        Dimension.objects.all().delete()
        areas, parameters, total = build(rows)
        return total, *measure(areas, parameters)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main():
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print(f"{connection.vendor}, calculations of {CALCULATION} parameters, the fastest of {BATCHES} batches")
    print(f"{'rows':>10} {'calculations/s':>15} {'lookups/s':>10} {'queries':>8} {'index':>6} {'time':>6}")
    first = None
    for size in sizes:
        rows, speed, queries, indexed = run(size)
        first = first or speed
        lookups = speed * CALCULATION * 2
        print(
            f"{rows:>10} {speed:>15.0f} {lookups:>10.0f} {queries:>8} {'yes' if indexed else 'NO':>6} {first / speed:>5.2f}x"
        )


if __name__ == "__main__":
    main()
