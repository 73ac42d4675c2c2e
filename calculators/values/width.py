"""Full-width characters as half-width ones, without making a number of what only stands beside it. No Django."""

import re
import unicodedata

# ¹²⁴①½ after a digit are a footnote, a power or a fraction; made plain digits they would be its last digit.
_RAISED_AFTER_DIGIT = re.compile(r"(?<=\d)(?=[²³¹⁰-⁹①-⒛⓪⓫-⓿❶-➓㈠-㉟㊀-㊿¼-¾⅐-⅟])")


def narrow(text: str) -> str:
    """NFKC, with ^ between a number and a raised or circled sign: 10⁴ becomes 10^4, never 104."""
    return unicodedata.normalize("NFKC", _RAISED_AFTER_DIGIT.sub("^", text))
