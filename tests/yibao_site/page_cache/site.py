"""A small site with one page of every kind that is kept, and how such a page is read: its HTML and its keys."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import (
    Article,
    Category,
    Correction,
    Feedback,
    GlossaryTerm,
    Picture,
    RelatedArticle,
    RelatedChoice,
    TagPage,
)
from articles.pages.most_helpful import MIN_VOTES
from articles.sitemaps import SITEMAPS
from calculators.common.page_keys import collecting
from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, Parameter, PolicyDocument, PolicyValue, PoolingArea
from yibao_site.page_cache.wsgi import is_cacheable
from yibao_site.site_settings.models import stored_settings

NOW = datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 1, 1)
STEM = "0123456789abcdef"
BODY = (
    "<p>〔职工门诊起付线·北京·在职〕，全国〔居民医保财政补助·全国〕，〔没有的参数·北京〕，〔职工门诊起付线·新市〕。</p>"
    f'<p><img src="/media/pictures/{STEM}-480.webp" alt="图"></p>'
)
# Each kind of page by its address, some also as whoever chose 参保地 and 身份 sees it.
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
UPDATED = re.compile(rb"<updated>.*?</updated>")  # in an empty feed the moment at which it is asked for
RETIRED = "110000.retired"
PAGES = {
    "home": "/",
    "home, chosen": ("/", RETIRED),
    "articles": "/articles/",
    "articles, chosen": ("/articles/", RETIRED),
    "articles, chosen area without any": ("/articles/", "520100"),
    "category": "/categories/daiyu/",
    "category in an area": "/categories/daiyu/?area=110000",
    "category, empty": "/categories/kong/",
    "tag": "/tags/qifuxian/",
    "tag without articles": "/tags/jieshao/",
    "article": "/articles/beijing/",
    "article beside it": "/articles/pangbian/",
    "article of Shanghai": "/articles/shanghai/",
    "article with an example": "/articles/suanli/",
    "articles of an area": "/areas/110000/articles/",
    "articles of an area without any": "/areas/440300/articles/",
    "areas": "/areas/",
    "area": "/areas/110000/",
    "area, Shanghai": "/areas/310000/",
    "area below a province": "/areas/440300/",
    "area below a city": "/areas/320481/",
    "document": "/documents/bj_op_2023/",
    "calculators": "/calculators/",
    "calculator": "/calculators/employee_outpatient/",
    "calculator, chosen": ("/calculators/employee_outpatient/", RETIRED),
    "corrections": "/corrections/",
    "glossary": "/glossary/",
    "feeds": "/feeds/",
    "about": "/about/",
    "page": "/yinsi/",
    "feed": "/feeds/articles/",
    "feed of a category": "/feeds/categories/daiyu/",
    "feed of a category without articles": "/feeds/categories/kong/",
    "feed of a tag": "/feeds/tags/qifuxian/",
    "feed of a tag without articles": "/feeds/tags/jieshao/",
    "feed of an area": "/feeds/areas/110000/",
    "feed of an area without articles": "/feeds/areas/440300/",
    "feed of policies": "/feeds/policies/",
    "feed of an area's policies": "/feeds/policies/110000/",
    "feed of an area's policies for a 身份": "/feeds/policies/440300/retired/",
    "calendar": "/areas/310000/calendar/",
    "deadline": "/areas/310000/calendar/benefit-year/",
}


# Pages that are made anew for everyone who asks.
NEVER_KEPT = {
    "report": "/calculators/employee_outpatient/report/",
    "search": "/search/",
    "feedback": "/feedback/?about=/areas/",
    "thanks": "/feedback/thanks/?about=/areas/",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
    **{f"sitemap of {section}": f"/sitemap-{section}.xml" for section in SITEMAPS},
}


@dataclass(frozen=True)
class Read:
    """A page as it was rendered; `keys` are empty where nobody keeps it."""

    html: bytes
    keys: frozenset[str]
    tables: frozenset[str]


class Write(NamedTuple):
    """`changes` are pages that show the write, so that none is idle; `spares` pages that must not be made anew for it."""

    do: Callable[[SimpleNamespace], object]
    changes: Collection[str]
    spares: Collection[str] = ()


def read(page: str) -> Read:
    given = PAGES[page] if page in PAGES else NEVER_KEPT[page]
    address, choice = given if isinstance(given, tuple) else (given, "")
    client = Client()
    if choice:
        client.cookies["choice"] = choice
    with collecting() as keys, CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    headers = [*response.items(), *(("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values())]
    is_kept = is_cacheable(str(response.status_code), headers, keys)
    html = response.content if b"<entry>" in response.content else UPDATED.sub(b"", response.content)
    tables = {table for query in queries for table in TABLE.findall(query["sql"])}
    return Read(html, frozenset(keys if is_kept else ()), frozenset(tables))


def save(row, **fields):
    """As the office saves: the stored row, changed."""
    row = type(row).objects.get(pk=row.pk)
    for name, new in fields.items():
        setattr(row, name, new)
    row.save()


def delete(row):
    type(row).objects.get(pk=row.pk).delete()


def value(parameter: str, area: str, **fields) -> PolicyValue:
    """A stored row, by its parameter's code and its area's."""
    return PolicyValue.objects.filter(parameter__code=parameter, area__code=area, **fields).first()


def new_value(parameter: Parameter, area: PoolingArea, number=900) -> PolicyValue:
    document = PolicyDocument.objects.get(slug="bj_op_2023")
    own = {"parameter": parameter, "area": area, "document": document, "unit": parameter.unit}
    return PolicyValue.objects.create(**own, number=number, effective_from=DAY)


def new_parameter(name="新参数", **fields) -> Parameter:
    own = {"code": "new.parameter", "name": name, "family": "新", "shape": "amount", "unit": "CNY"}
    return Parameter.objects.create(**own | fields)


def new_area(name="新市", code="999900") -> PoolingArea:
    return PoolingArea.objects.create(code=code, name=name, short_name=name, parent=PoolingArea.objects.get(code="CN"))


def article(slug: str, **fields) -> Article:
    own = {"title": f"文章{slug}", "slug": slug, "body": "<p>正文</p>", "status": "published", "published_at": NOW}
    return Article.objects.create(**own | fields)


def build() -> SimpleNamespace:
    """Fill the site; everything a test may change is in what it returns."""
    reviewer = User.objects.create_user("reviewer", last_name="王", first_name="明")
    daiyu = Category.objects.create(name="待遇", slug="daiyu")
    empty = Category.objects.create(name="空", slug="kong")
    beijing, shanghai, national = (PoolingArea.objects.get(code=code) for code in ("110000", "310000", "CN"))
    document = PolicyDocument.objects.get(slug="bj_op_2023")
    calculator = _calculator()
    own = {"category": daiyu, "area": beijing, "reviewer": reviewer, "reviewed_on": DAY}
    about = article("beijing", body=BODY, summary="〔职工门诊起付线·北京·在职〕", **own)
    beside = article("pangbian", category=daiyu)
    elsewhere = Category.objects.create(name="别的", slug="biede")
    other = article(
        "shanghai", body="<p>〔职工门诊起付线·上海·在职〕</p>", summary="上海", category=elsewhere, area=shanghai
    )
    example = article(
        "suanli",
        body="<p>〔算例·职工门诊报销·成都·退休·统账结合·三级·1200〕</p><p>〔表·职工门诊封顶线·成都〕</p><p>〔算例·新计算器·北京·1〕</p>",
        summary="算例",
        category=elsewhere,
    )
    about.tags.add("起付线")
    about.calculators.add(calculator)
    about.sources.create(document=document)
    tag, bare = about.tags.get(), type(about.tags.get()).objects.create(name="介绍", slug="jieshao")
    type(tag).objects.filter(pk=tag.pk).update(slug="qifuxian")
    tag.refresh_from_db()
    TagPage.objects.create(tag=bare, summary="一句话", introduction="<p>〔职工门诊起付线·北京·在职〕</p>")
    picture = Picture.objects.create(stem=STEM, title="图", alt="图", width=480, height=300)
    correction = Correction.objects.create(article=about, text="原来写错了。", day=DAY)
    RelatedChoice.objects.create(article=other, other=beside, kind="exclude")
    for _ in range(MIN_VOTES):
        Feedback.objects.create(kind="helpful", path="/", article=beside)
    RelatedArticle.objects.create(article=about, related=beside, rank=1, score=1)
    term = GlossaryTerm.objects.create(term="正文", also="课文", slug="text", explanation="一篇文章的主要文字。")
    settings = stored_settings()
    linked = Category.objects.create(name="导航", slug="daohang")
    settings.navigation.create(place="footer", order=9, category=linked)
    page = article("yinsi", category=Category.objects.create(name="单页", slug="pages", holds_pages=True))
    settings.navigation.create(place="footer", order=10, text=page)
    bare_area, added = new_area("空市", "999800"), new_parameter()
    shenzhen = PoolingArea.objects.get(code="440300")
    return SimpleNamespace(
        **{name: one for name, one in locals().items() if name not in {"own", "_"}}, new_parameter=added
    )


def _calculator():
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    fields = {"name": definition.name, "summary": definition.summary, "live": to_dict(definition), "live_since": NOW}
    return Calculator.objects.update_or_create(code=definition.code, defaults=fields)[0]
