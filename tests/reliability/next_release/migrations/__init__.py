"""All migrations of articles as they are, and after the last of them that of the next release."""

from pathlib import Path

from articles import migrations

__path__ = [*migrations.__path__, *__path__]
LAST = max(path.stem for path in Path(migrations.__path__[0]).glob("0*.py"))
