"""Loader of templates: those of this site without the indentation and the empty lines that they would leave in a page."""

import re

from django.template.loaders.cached import Loader as CachedLoader
from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\s*\n\s*")
# Lines that write nothing themselves, or a fragment that ends with a line break of its own.
CONTROL_TAG = r"\{% (?:if|elif|else|endif|for|endfor|with|endwith|load|block|endblock|extends|include|capture|endcapture)\b[^%]*%\}"
CONTROL_LINE = re.compile(rf"^((?:{CONTROL_TAG})+)\n(?!\Z)", re.MULTILINE)


class CompactFilesLoader(FilesystemLoader):
    """White space that holds a line break becomes that line break. Templates keep no text in which it would matter."""

    def get_contents(self, origin):
        return CONTROL_LINE.sub(r"\1", INDENTATION.sub("\n", super().get_contents(origin)))


class CompactTemplateLoader(CachedLoader):
    """Compiled templates, this site's own before those of the apps."""

    def __init__(self, engine):
        own = f"{CompactFilesLoader.__module__}.{CompactFilesLoader.__name__}"
        super().__init__(engine, [own, "django.template.loaders.app_directories.Loader"])
