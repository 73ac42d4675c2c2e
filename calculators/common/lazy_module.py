"""Lazy import of modules at their first use, for packages that few processes need and that take many megabytes. No Django.

openpyxl = LazyModule("openpyxl")               at the top of a module, in place of `import openpyxl`
openpyxl.load_workbook(file)                    loads it, in whichever process and thread comes here first
"""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any


class LazyModule:
    """Reads every attribute from the module, which the interpreter's import lock loads once."""

    def __init__(self, name: str, *, without: str = ""):
        """`without` names a package that the module uses where it is installed, and that is to stay unloaded."""
        self._name, self._without = name, without

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self.load(), attribute)

    def load(self) -> ModuleType:
        """The module; for whoever is about to call another package that imports it."""
        with _hidden(self._without):
            return import_module(self._name)


class _Hidden(MetaPathFinder):
    """Finds nothing, and says of one package to one thread that it is not installed."""

    def __init__(self, name: str):
        self._name, self._thread = name, threading.get_ident()

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        if name == self._name and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is left out here", name=name)


@contextmanager
def _hidden(name: str) -> Iterator[None]:
    finder = _Hidden(name)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
