"""Text from all of Unicode, with what breaks programs far more often than chance would have it; and bodies made of it."""

from hypothesis import HealthCheck, Phase, settings, strategies as st

ODD = [
    *("\x00", "\x01", "\t", "\n", "\x0b", "\x0c", "\r", "\x1b", "\x7f", "\x85", "\x9f", "\xa0", "\xad"),  # controls
    *("\u061c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff"),  # of direction, unseen
    *("\u2028", "\u2029", "\u3000", "\u2060", "\u115f", "\u3164", "\U000e0041", "\U000e0001"),  # blanks that are none
    *("\ufdd0", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff", "\ufffd"),  # noncharacters
    *(
        "\ue000",
        "\U000f0000",
        "\u0378",
        "\U0003ffff",
        "\u2e80",
        "\U00020bb7",
        "\U000323af",
    ),  # private, unassigned, rare
    *("\u0301" * 40, "e\u0301\u0323", "\u200d", "\ufe0f", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u20e3"),
    *("ﷺ", "ﬁ", "İ", "ı", "ß", "ǆ", "㎞", "①", "½", "１，８００", "٣", "क्षि", "שלום", "مرحبا", "ᄀ", "각"),
    *("〔", "〕", "|", "<", ">", "&", "&#0;", "&#xd800;", "]]>", "--", '"', "'", "\\", "`", "a:b", "$", "~", "^"),
    *(
        "{{",
        "{%",
        "+++",
        "---",
        "=",
        "+",
        "-",
        "@",
        "#",
        "* ",
        "1. ",
        "[a](b)",
        "~~",
        "、",
        "，",
        ";",
        "%",
        "%00",
        "_x000D_",
    ),
]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff", "\udc80"]


def few(examples: int) -> settings:
    """The same examples in every run, and none made smaller: each costs a walk over pages."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def texts(pieces: int = 8, *, surrogates: bool = False, at_least: int = 0) -> st.SearchStrategy[str]:
    """Any text of so many pieces that a row could hold, or with `surrogates` that a program could send."""
    letters = st.characters(exclude_categories=() if surrogates else ("Cs",))
    odd = st.sampled_from([*ODD, *SURROGATES] if surrogates else ODD)
    found = st.lists(st.one_of(odd, st.text(letters, max_size=6)), min_size=at_least, max_size=pieces)
    return found.map("".join)


def bodies() -> st.SearchStrategy[str]:
    """HTML of the elements that editors write, with any text inside."""
    text = texts(4, at_least=1).map(lambda words: words.replace("<", "&lt;"))
    inline = st.one_of(
        text,
        text.map("<strong>{}</strong>".format),
        text.map("<em>{}</em>".format),
        text.map("10<sup>{}</sup>".format),
        text.map('<a href="/articles/">{}</a>'.format),
        st.just("<br>"),
    )
    line = st.lists(inline, min_size=1, max_size=3).map("".join)
    block = st.one_of(
        line.map("<p>{}</p>".format),
        line.map("<h2>{}</h2>".format),
        line.map('<blockquote class="tip"><p>{}</p></blockquote>'.format),
        line.map("<ul><li><p>{}</p></li><li><p>乙</p></li></ul>".format),
        line.map("<ol><li><p>{0}</p><ul><li><p>{0}</p></li></ul></li></ol>".format),
        line.map("<table><tbody><tr><th><p>甲</p></th></tr><tr><td><p>{}</p></td></tr></tbody></table>".format),
        line.map('<figure><img src="/media/a.webp" alt="图"><figcaption>{}</figcaption></figure>'.format),
    )
    return st.lists(block, min_size=1, max_size=4).map(lambda blocks: "".join(["<p>文</p>", *blocks]))
