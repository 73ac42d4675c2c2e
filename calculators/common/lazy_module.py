"""Modules loaded at their first use, for packages that few processes need and that take many megabytes. No Django.

openpyxl = LazyModule("openpyxl")               at the top of a module, in place of `import openpyxl`
openpyxl.load_workbook(file)                    loads it, in whichever process and thread comes here first
"""

from importlib import import_module
from typing import Any


class LazyModule:
    """Reads every attribute from the module, which the interpreter's import lock loads once."""

    def __init__(self, name: str):
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
