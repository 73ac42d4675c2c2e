import pytest

from calculators.sources.page_text import decode_page, page_text, text_hash

HTML = "text/html; charset=utf-8"


def hashed(html, content_type=HTML):
    return text_hash(html.encode(), content_type)


@pytest.mark.parametrize(
    "other",
    [
        "<div class='new'><p>起付线<b>1800</b>元</p></div>",
        "<p>起付线\n 1800 元</p>",
        "<p>起付线１８００元</p>",
        "<script>var visits = 99;</script><style>p{}</style><p>起付线1800元</p>",
        "<nav>首页 新菜单</nav><p>起付线1800元</p><footer>访问量 12</footer>",
        "<head><title>新标题</title></head><p>起付线&#49;800元</p>",
        "<p>起付线1800元</p><!-- 注释 -->",
    ],
)
def test_other_markup_is_not_another_text(other):
    assert hashed(other) == hashed("<p>起付线1800元</p>")


def test_other_words_are():
    assert hashed("<p>起付线1900元</p>") != hashed("<p>起付线1800元</p>")


def test_text_inside_nested_silence_stays_silent_and_what_follows_is_heard():
    assert page_text("<nav><form>甲</form>乙</nav>丙".encode(), HTML) == "丙"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("医保".encode("gb2312"), "text/html; charset=gb2312"),
        ('<meta charset="gbk">医保'.encode("gbk"), "text/html"),
        ("医保".encode(), "text/html"),
        ("医保".encode(), "text/html; charset=no-such"),
    ],
    ids=["header", "meta", "none", "unknown"],
)
def test_a_page_is_read_in_its_own_encoding(body, content_type):
    assert decode_page(body, content_type).endswith("医保")


def test_a_file_is_hashed_by_its_bytes():
    assert text_hash(b"%PDF-1 a", "application/pdf") != text_hash(b"%PDF-1 b", "application/pdf")
