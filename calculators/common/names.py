"""Names as people see them: two that look alike are one name. No Django."""

import re
import unicodedata
from collections.abc import Iterable

from calculators.common.characters import clean

# Format characters, variation selectors and fillers: nothing of them is seen, and a name with one looks like the name without.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")


def canonical_name(name: str) -> str:
    """Half-width letters and digits, no invisible characters, single spaces. `canonical_name` of the result is the result."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", clean(name, " ")) if unicodedata.category(one) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", _UNSEEN.sub("", seen)).split())


def identity(name: str) -> str:
    """What two names have in common that are one name: how they are cased does not matter either."""
    return canonical_name(canonical_name(name).casefold())


def refusal_of_twin(name: str, names: Iterable[str]) -> str:
    """A Chinese sentence that tells which of `names` looks like this one; empty where none does."""
    twin = next((one for one in names if identity(one) == identity(name)), None)
    return f"已有“{twin}”，只差大小写、全角半角或看不见的字符，请换一个名称。" if twin else ""
