"""Preloading of the site before its processes are forked: code, URLs, translations, compiled templates. No query.

So all of it is in memory once, and no visitor waits for it.
"""

import gc
from pathlib import Path

from django.apps import apps
from django.db import connections
from django.template import engines
from django.urls import reverse
from django.utils.translation import gettext

import yibao_site.wsgi  # noqa: F401 - the application itself
from yibao_site.processes import DEFAULT_GC_THRESHOLD


def preload() -> None:
    """Load everything, last before the first fork, and exclude it from garbage collection afterwards.

    A collector that looks at an object writes to it, and so copies the page it lies in (docs.python.org: gc.freeze).
    """
    reverse("admin:index")
    gettext("Save")
    compile_templates()
    connections.close_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(DEFAULT_GC_THRESHOLD)


def compile_templates() -> None:
    """Our own and those of Django's admin; others when they are first shown."""
    engine = engines["django"].engine
    for folder in map(Path, (*engine.dirs, Path(apps.get_app_config("admin").path) / "templates")):
        for path in sorted(folder.rglob("*.html")):
            engine.get_template(path.relative_to(folder).as_posix())
