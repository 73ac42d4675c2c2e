"""Packages that are loaded at their first use, each in an interpreter of its own."""

import subprocess
import sys

import pytest

from calculators.common.lazy_module import LazyModule
from tests.reliability.site_processes import ROOT


def said(program):
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_lazy_module_is_loaded_at_its_first_use_and_is_the_module():
    program = """
import sys
from calculators.common.lazy_module import LazyModule
colors = LazyModule("colorsys")
print("colorsys" in sys.modules)
print(colors.rgb_to_hsv(0, 0, 1)[2], colors.load() is sys.modules["colorsys"])
"""
    assert said(program) == ["False", "1", "True"]


def test_a_lazy_module_that_does_not_exist_says_so_when_it_is_used():
    missing = LazyModule("no_such_package")

    with pytest.raises(ModuleNotFoundError):
        missing.anything  # noqa: B018


def test_a_package_left_out_stays_unloaded_and_can_be_loaded_afterwards():
    program = """
import sys
from calculators.common.spreadsheets import read_table, write_table
table = read_table("values.xlsx", write_table(["参数", "数值"], [["起付线", "1800"]], "xlsx"))
print("openpyxl" in sys.modules, "numpy" in sys.modules, table.rows[2][1])
import numpy
print(numpy.arange(3).sum())
"""
    assert said(program) == ["True", "False", "1800", "3"]


def test_a_package_left_out_by_one_thread_is_found_by_another():
    program = """
import threading
from calculators.common.lazy_module import _hidden
found = []
def load():
    import numpy
    found.append(numpy.__name__)
with _hidden("numpy"):
    thread = threading.Thread(target=load)
    thread.start()
    thread.join()
    try:
        import numpy.linalg
    except ModuleNotFoundError:
        found.append("hidden")
print(*found)
"""
    assert said(program)[0] == "numpy"
