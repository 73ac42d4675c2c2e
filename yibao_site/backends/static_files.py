"""Storage of the collected static files: hashed, compressed, and style sheets of this site complete, without comments and indentation."""

import gzip
import posixpath
import re
import zlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_FILES = re.compile(r"(site|articles|calculators)/.+")
OWN_SHEETS = re.compile(r"(site|articles|calculators)/[\w./]+\.css")
IMPORT = re.compile(r'@import "([\w./]+)";')
STRING = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")


def with_imports(sheet: str, name: str) -> str:
    """The sheet with what it imports in its place: rules that two sheets share cost no request."""
    folder = posixpath.dirname(name)

    def imported(match):
        path = posixpath.normpath(posixpath.join(folder, match[1]))
        return with_imports(Path(finders.find(path)).read_text(encoding="utf-8"), path)

    return IMPORT.sub(imported, sheet)


def minify(sheet: str) -> str:
    """The same rules in fewer bytes. Strings stay as they are, and so does the white space that separates two words.

    >>> minify('/* of a list */ a:hover {\\n  margin: calc(1px + 2px);\\n  content: "a;  b";\\n}')
    'a:hover{margin:calc(1px + 2px);content:"a;  b"}'
    """
    pieces = STRING.split(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    pieces[::2] = [re.sub(r"\s*([{};,])\s*|(:)\s+|\s+", _shortest, piece) for piece in pieces[::2]]
    return "".join(pieces).replace(";}", "}").strip()


def _shortest(match: re.Match) -> str:
    return match[1] or match[2] or " "


class StaticFilesCompressor(Compressor):
    """Compressor that leaves a file alone whose compressed copies hold its bytes already. gzip's is written last."""

    def compress(self, path):
        return [] if self._is_compressed(Path(path)) else super().compress(path)

    def _is_compressed(self, path):
        try:
            return gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        except (OSError, EOFError, zlib.error):  # none yet, or half of one
            return False


class MinifiedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def create_compressor(self, **kwargs):
        return StaticFilesCompressor(**kwargs)

    def compress_files(self, paths):
        """Nobody asks for a package's file by a name without hash, as error pages and modules ask for ours."""
        hashed = set(self.hashed_files.values())
        return super().compress_files(path for path in paths if path in hashed or OWN_FILES.fullmatch(path))

    def _save(self, name, content):
        if OWN_SHEETS.fullmatch(name):
            sheet = with_imports(b"".join(content.chunks()).decode(), name)
            content = ContentFile(minify(sheet).encode())
        return super()._save(name, content)
