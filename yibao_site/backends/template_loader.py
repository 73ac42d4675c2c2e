"""Loader of templates: those of this site without the indentation of their lines, a tenth of what an article weighs."""

import re

from django.template.loaders.cached import Loader as CachedLoader
from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\s*\n\s*")


class CompactFilesLoader(FilesystemLoader):
    """White space that holds a line break becomes that line break. Templates keep no text in which it would matter."""

    def get_contents(self, origin):
        return INDENTATION.sub("\n", super().get_contents(origin))


class CompactTemplateLoader(CachedLoader):
    """Compiled templates, this site's own before those of the apps."""

    def __init__(self, engine):
        own = f"{CompactFilesLoader.__module__}.{CompactFilesLoader.__name__}"
        super().__init__(engine, [own, "django.template.loaders.app_directories.Loader"])
