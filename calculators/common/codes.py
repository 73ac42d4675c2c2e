"""Codes from Chinese names: 缴费基数 becomes jiao_fei_ji_shu; never empty, never one that is taken."""

import re
import unicodedata
from collections.abc import Container

from calculators.common import pinyin

MAX_CODE_CHARACTERS = 40
NUMBER_CHARACTERS = 3  # room for _12 behind a code that is taken
_PART = re.compile(r"[a-z0-9]+")


def code_from_name(
    name: str, taken: Container[str] = (), fallback: str = "part", longest: int = MAX_CODE_CHARACTERS
) -> str:
    """The pinyin of `name` with underscores between syllables, beginning with a letter, with a number where it is taken."""
    pieces = pinyin.read(unicodedata.normalize("NFKC", name))
    wanted = "_".join(_PART.findall(" ".join(pieces).lower()))
    most = longest - NUMBER_CHARACTERS
    if len(wanted) > most:
        wanted = wanted[: most + 1].rpartition("_")[0] or wanted[:most]
    if not wanted[:1].isalpha():
        wanted = f"{fallback}_{wanted}".rstrip("_")
    number = 2
    code = wanted
    while code in taken:
        code, number = f"{wanted}_{number}", number + 1
    return code
