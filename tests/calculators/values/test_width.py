"""Width of characters: narrowed piece by piece it is the normal form of the whole, whatever stands beside what."""

import unicodedata

from hypothesis import given, settings, strategies as st

from calculators.values.width import _RAISED_AFTER_DIGIT, narrow

ASSIGNED = st.characters(exclude_categories=["Cs", "Cn"])
TRICKY = st.sampled_from([*"，。（）０１ＡＢ①²ｶﾞ각ᄀ中付eéE…·“—", "\u0301", "\u0308", "\u3099", "\u0327", "\u11a8"])


@settings(max_examples=400)
@given(st.lists(ASSIGNED | TRICKY, max_size=12).map("".join))
def test_a_text_is_narrowed_as_a_whole(text):
    assert narrow(text) == unicodedata.normalize("NFKC", _RAISED_AFTER_DIGIT.sub("^", text))
