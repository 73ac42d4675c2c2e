"""Raised and lowered words in plain text: 10<sup>4</sup> is 10⁴, H<sub>2</sub>O is H₂O."""

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
SIGNS = {"sup": (_RAISED, "^"), "sub": (_LOWERED, "_")}


def spelt(tag: str, text: str) -> str:
    """The words of a <sup> or <sub>: in Unicode's own signs where it has them, else after ^ or _, but [1] and ① as they are."""
    signs, mark = SIGNS[tag]
    words = text.strip()
    if all(ord(char) in signs for char in words):
        return text.translate(signs)
    return f"{mark}{words}" if words[0].isdecimal() or words[0].isalpha() else text
