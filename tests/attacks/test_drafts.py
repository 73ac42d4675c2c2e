"""What is not public yet cannot be found out: no public page differs by one byte whether it exists or not."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag

from articles import related
from articles.models import Article, ArticleSource, Correction, RelatedChoice
from articles.pages import social_cards
from articles.search import index
from articles.views import preview
from articles.workflow import snapshot, steps
from calculators.models import PolicyDocument, PoolingArea
from tests.calculators.factories import MATERNITY, stored

pytestmark = pytest.mark.django_db

STATES = ("draft", "review", "scheduled", "archived", "ended")
WORD, TAG = "绝密起付线", "绝密标签"
NONCE = re.compile(r'nonce="[^"]*"')
GONE = {"ended", "archived"}  # once public: their addresses may say so


@pytest.fixture(autouse=True)
def no_files_of_other_tests(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def hide(state, category):
    """An article in this state that stands in as many lists as it can."""
    later, earlier = timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)
    times = {"scheduled": {"published_at": later}, "ended": {"published_at": earlier, "unpublish_at": earlier}}
    article = Article.objects.create(
        title=f"{WORD}{state}",
        slug=f"juemi-{state}",
        summary=f"{WORD}的摘要",
        body=f"<p>{WORD}，门诊起付线和北京医保。</p>",
        category=category,
        area=PoolingArea.objects.get(code="110000"),
        status="published" if state == "ended" else state,
        **times.get(state, {}),
    )
    article.tags.add("北京", TAG)
    ArticleSource.objects.create(article=article, document=PolicyDocument.objects.get(slug="bj_op_2023"))
    Correction.objects.create(article=article, text=f"{WORD}改正", day="2026-01-03")
    return article


def hide_everything(category):
    """Articles in every state that is not public, an edit of the public one, a calculator nobody published."""
    public = Article.objects.get(slug="a")
    hidden = [hide(state, category) for state in STATES]
    RelatedChoice.objects.create(article=public, other=hidden[0])
    edit = snapshot.take(public) | {"title": WORD, "body": f"<p>{WORD}</p>", "tags": [TAG]}
    steps.save(public, edit, by=None)
    calculator = stored(MATERNITY, code="juemi", name=WORD, summary=WORD)
    hidden[0].calculators.add(calculator)
    settle()
    return hidden


def settle():
    """All background work is done."""
    related.work()
    index.write_stale()
    social_cards.draw_missing()


def public_pages():
    tag = Tag.objects.get(name="北京").slug
    yield from ["/", "/articles/", "/articles/?page=1", "/articles/a/", "/categories/menzhen/", f"/tags/{tag}/"]
    yield from ["/areas/", "/areas/110000/", "/areas/110000/articles/", "/documents/bj_op_2023/", "/corrections/"]
    yield from ["/calculators/", "/calculators/over_deductible/", "/glossary/", "/about/", "/feeds/", "/robots.txt"]
    yield from [f"/search/?q={word}" for word in (WORD, TAG, "绝密", "起付线", "北京", "juemi", "jue mi", "绝密起付钱")]
    yield from [f"/search/suggest/?q={word}" for word in ("绝", "绝密", "juemi", "北京", "起付")]
    yield from ["/feeds/articles/", "/feeds/categories/menzhen/", f"/feeds/tags/{tag}/", "/feeds/areas/110000/"]
    yield from ["/feeds/policies/", "/sitemap.xml", "/sitemap-articles.xml", "/sitemap-calculators.xml"]
    yield from ["/api/v1/", "/api/v1/openapi.json", "/api/v1/calculators/", "/api/v1/calculators/juemi/"]
    yield from [f"/tags/{TAG}/", f"/feeds/tags/{TAG}/", "/calculators/juemi/", "/feedback/?about=/articles/a/"]
    yield from [f"/articles/juemi-{state}/" for state in STATES if state not in GONE]
    yield from [f"/articles/{pk}/" for pk in range(1, 12)]


def look(client, paths):
    settle()
    return {path: seen(client, path) for path in paths}


def seen(client, path):
    """Status, headers and body, without what is new in each answer and what the address itself says."""
    cache.clear()
    answer = client.get(path)
    body = NONCE.sub("", answer.content.decode())
    headers = {name: value for name, value in answer.items() if name not in {"Content-Security-Policy", "ETag", "Date"}}
    return answer.status_code, headers, body


def test_no_public_page_tells_that_something_unpublished_exists(site, client, tried):
    paths = list(public_pages())
    before = look(client, paths)
    hidden = hide_everything(site)
    after = look(client, paths)

    assert [path for path in paths if after[path] != before[path]] == []
    assert not any(WORD in body and "q=" not in path for path, (_, _, body) in before.items())
    assert {client.get(article.get_absolute_url()).status_code for article in hidden} <= {404, 410}
    tried(
        "未发布的内容有没有露出",
        f"{len(STATES)} 种状态、1 份修改稿、1 个计算器 × {len(paths)} 个地址",
        "一个字节都不差",
    )


def test_the_check_of_these_tests_sees_what_is_published(site, client):
    paths = list(public_pages())
    before = look(client, paths)
    steps.publish(hide("draft", site), by=None)
    after = look(client, paths)
    differing = {path for path in paths if after[path] != before[path]}

    assert differing >= {"/", "/articles/", "/articles/juemi-draft/", f"/search/?q={WORD}", "/feeds/articles/"}
    assert differing >= {"/sitemap-articles.xml", f"/tags/{TAG}/", "/documents/bj_op_2023/", "/corrections/"}


def test_a_draft_costs_no_more_work_than_an_address_that_never_was(site, client, tried):
    """Time is told by the work that is done: the same queries, the same page."""
    hide_everything(site)

    def asked(path):
        with CaptureQueriesContext(connection) as queries:
            status, _, body = seen(client, path)
        back = quote(quote(path), safe="/")  # the page's own address, in the link to the choice of a place
        assert body.count(back) or path.startswith("/api/")
        return status, len(queries), body.replace(back, "").replace(quote(path), "").replace(path, "")

    for kind, secret, nothing in [
        ("articles", "juemi-draft", "juemi-nobody"),
        ("articles", "juemi-scheduled", "juemi-nobodyyyy"),
        ("tags", TAG, "没有的标签"),
        ("calculators", "juemi", "nobod"),
        ("api/v1/calculators", "juemi", "nobod"),
    ]:
        given, expected = (asked(f"/{kind}/{name}/") for name in (secret, nothing))

        assert given[:2] == expected[:2] == (404, expected[1]), kind
        assert given[2].replace(secret, "") == expected[2].replace(nothing, ""), kind
    tried("404：草稿和没有的地址比", "5 种", "同样的查询次数，同样的页面")


def forged(article, **changes):
    what = {"article": article.pk, "version": None, "on": "2026-01-01"} | changes
    own = preview.link(article, timezone.localdate()).split("/")[2]
    yield signing.dumps(what)  # of another purpose
    yield signing.dumps(what, salt=preview.SALT, key="guessed")
    yield own[:-1] + ("A" if own[-1] != "A" else "B")
    yield own.split(":")[0]
    yield from (str(article.pk), f"{article.pk}:{article.slug}", "..", "%00", "null", "[]", "e30:1:1")


def test_no_made_up_preview_link_opens_a_draft(site, client, tried):
    article = hide("draft", site)
    tokens = list(forged(article))
    own = client.get(preview.link(article, timezone.localdate()))
    answers = [client.get(f"/preview/{token}/") for token in tokens]

    assert own.status_code == 200
    assert WORD in own.content.decode()
    assert {answer.status_code for answer in answers} == {404}
    assert not any(WORD in answer.content.decode() for answer in answers)
    tried("伪造的预览链接", f"{len(tokens)} 种", "一个都打不开")


def test_nobody_reads_a_draft_by_its_card_or_its_files(site, client):
    article = hide("draft", site)
    social_cards.draw_missing()

    assert client.get(f"/media/{social_cards.name_of(article.title)}").status_code == 404
    assert client.get("/media/").status_code == client.get("/media/pictures/").status_code == 404
