"""Writes of articles, and of what articles are filed under."""

from taggit.models import Tag

from articles.models import Category, Correction, Feedback, GlossaryTerm, RelatedArticle, RelatedChoice, TagPage
from articles.related.lists import RelatedEntry, store
from articles.tags import merge
from calculators.models import PolicyDocument
from tests.yibao_site.page_cache.site import Write, article, delete, save


def votes(site):
    for _ in range(3):
        Feedback.objects.create(kind="helpful", path="/", article=site.about)


WRITES_OF_ARTICLES = {
    "a category is renamed": Write(
        lambda site: save(site.daiyu, name="新名"),
        ["home", "articles", "category", "article", "feed of a category"],
        {"areas"},
    ),
    "an empty category is renamed": Write(
        lambda site: save(site.empty, name="新名"),
        ["home", "category, empty", "feeds", "feed of a category without articles"],
        {"article"},
    ),
    "a category is made": Write(lambda site: Category.objects.create(name="新栏目"), ["home", "feeds"], {"article"}),
    "an empty category goes": Write(
        lambda site: delete(site.empty),
        ["home", "feeds", "category, empty", "feed of a category without articles"],
        {"article"},
    ),
    "a tag is renamed": Write(
        lambda site: save(site.tag, name="门槛费"),
        ["tag", "article", "feed of a tag"],
        {"home", "tag without articles"},
    ),
    "a tag without articles is renamed": Write(
        lambda site: save(site.bare, name="门槛费"),
        ["tag without articles", "feeds", "feed of a tag without articles"],
        {"home", "tag"},
    ),
    "a tag gets an introduction": Write(
        lambda site: TagPage.objects.create(tag=site.tag, summary="一句话"), ["tag", "feeds"], {"home", "articles"}
    ),
    "an introduction is rewritten": Write(
        lambda site: save(site.bare.page, summary="另一句"), ["tag without articles"], {"home", "tag"}
    ),
    "an introduction goes": Write(
        lambda site: delete(site.bare.page),
        ["tag without articles", "feeds", "feed of a tag without articles"],
        {"home", "tag"},
    ),
    "a tag is merged into another": Write(
        lambda site: merge([Tag.objects.get(pk=site.tag.pk)], site.bare),
        ["tag", "tag without articles", "article", "feed of a tag", "feed of a tag without articles"],
        {"article of Shanghai"},
    ),
    "a tag goes": Write(
        lambda site: delete(site.tag), ["tag", "article", "feed of a tag"], {"home", "area", "article of Shanghai"}
    ),
    "an article is published": Write(
        lambda site: article("new", category=site.daiyu, area=site.beijing),
        [
            "home",
            "articles",
            "category",
            "area",
            "feed",
            "feed of a category",
            "feed of an area",
        ],
        {"areas", "tag", "calculator"},
    ),
    "an article is renamed": Write(
        lambda site: save(site.about, title="新标题"),
        [
            "home",
            "articles",
            "category",
            "tag",
            "article",
            "area",
            "document",
            "calculator",
            "corrections",
            "feed",
        ],
        {"areas", "calculators", "area, Shanghai"},
    ),
    "an article is taken down": Write(
        lambda site: save(site.about, status="archived"),
        [
            "home",
            "articles",
            "category",
            "tag",
            "article",
            "area",
            "document",
            "calculator",
            "corrections",
            "feed",
        ],
        {"areas", "area, Shanghai"},
    ),
    "an article goes": Write(
        lambda site: delete(site.about),
        [
            "home",
            "articles",
            "category",
            "tag",
            "article",
            "area",
            "document",
            "calculator",
            "corrections",
            "feed",
        ],
        {"areas", "area, Shanghai"},
    ),
    "an article beside goes": Write(
        lambda site: delete(site.beside),
        ["article", "home", "articles"],
        {"area, Shanghai", "calculator", "areas"},
    ),
    "an article moves to another category": Write(
        lambda site: save(site.about, category=site.empty),
        ["category", "category, empty", "feed of a category without articles"],
        {"areas", "area, Shanghai"},
    ),
    "an article moves to another area": Write(
        lambda site: save(site.about, area=site.shenzhen),
        ["area", "area below a province", "feed of an area", "feed of an area without articles"],
        {"areas", "area, Shanghai"},
    ),
    "an article gets a tag": Write(
        lambda site: site.other.tags.add("起付线"),
        ["tag", "article of Shanghai", "feed of a tag"],
        {"home", "area", "article"},
    ),
    "an article loses a tag": Write(
        lambda site: site.about.tags.remove("起付线"),
        ["tag", "article", "feed of a tag"],
        {"home", "area", "article of Shanghai"},
    ),
    "an article gets a calculator": Write(
        lambda site: site.other.calculators.add(site.calculator),
        ["calculator", "article of Shanghai"],
        {"home", "area", "article"},
    ),
    "an article loses its calculators": Write(
        lambda site: site.about.calculators.clear(), ["calculator", "article"], {"home", "area", "article of Shanghai"}
    ),
    "a calculator gets an article": Write(
        lambda site: site.calculator.articles.add(site.other),
        ["calculator", "article of Shanghai"],
        {"home", "article"},
    ),
    "a calculator loses an article": Write(
        lambda site: site.calculator.articles.remove(site.about),
        ["calculator", "article"],
        {"home", "article of Shanghai"},
    ),
    "a calculator loses its articles": Write(
        lambda site: site.calculator.articles.clear(), ["calculator", "article"], {"home", "article of Shanghai"}
    ),
    "an article cites a document": Write(
        lambda site: site.other.sources.create(document=site.document),
        ["document", "article of Shanghai"],
        {"home", "area", "article"},
    ),
    "an article cites another document instead": Write(
        lambda site: save(site.about.sources.get(), document=PolicyDocument.objects.exclude(slug="bj_op_2023").first()),
        ["document", "article"],
        {"home", "area"},
    ),
    "a source goes": Write(
        lambda site: site.about.sources.get().delete(), ["document", "article"], {"home", "area", "article of Shanghai"}
    ),
    "a correction is made": Write(
        lambda site: Correction.objects.create(article=site.other, text="原来写错了。"),
        ["article of Shanghai", "corrections"],
        {"home"},
    ),
    "a correction goes": Write(lambda site: delete(site.correction), ["article", "corrections"], {"home"}),
    "a correction is put to another article": Write(
        lambda site: save(site.correction, article=site.other),
        ["article of Shanghai", "corrections"],
        {"home"},
    ),
    "a related article is excluded": Write(
        lambda site: RelatedChoice.objects.create(article=site.about, other=site.beside, kind="exclude"),
        ["article"],
        {"home", "article of Shanghai"},
    ),
    "a related list is computed anew": Write(
        lambda site: store({site.about.pk: [RelatedEntry(site.other.pk, 1.0, "同题")]}, {}), ["article"], {"home"}
    ),
    "an entry of a related list goes": Write(lambda site: RelatedArticle.objects.get().delete(), ["article"], {"home"}),
    "a reviewer is renamed": Write(
        lambda site: save(site.reviewer, last_name="李"), ["article"], {"home", "article of Shanghai"}
    ),
    "a picture goes": Write(lambda site: delete(site.picture), ["article"], {"home", "article of Shanghai"}),
    "a glossary term is explained anew": Write(
        lambda site: save(site.term, explanation="标题下面的文字，一篇文章的主体。"),
        ["glossary", "article beside it"],
        {"home", "articles", "area", "calculator"},
    ),
    "a glossary term is no word any more": Write(
        lambda site: save(site.term, term="课本"), ["glossary", "article beside it"], {"home", "area"}
    ),
    "a glossary term is moved": Write(lambda site: save(site.term, slug="body"), ["glossary", "article beside it"]),
    "a glossary term is written": Write(
        lambda site: GlossaryTerm.objects.create(term="没有的参数", explanation="一个还没有写进来的参数。"),
        ["glossary", "article"],
        {"home", "area"},
    ),
    "a glossary term goes": Write(lambda site: delete(site.term), ["glossary", "article beside it"], {"home", "area"}),
    "readers find an article useful": Write(votes, ["home", "home, chosen"], {"article", "areas"}),
}
