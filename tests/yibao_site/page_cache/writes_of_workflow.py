"""Writes of the workflow: reviews, scheduled edits, rows of an article that are stored together; and of the site settings."""

from datetime import timedelta

from django.contrib.auth.models import User

from articles.fields import by_name
from articles.models import Article
from articles.workflow import snapshot, steps
from calculators.models import PolicyDocument
from tests.yibao_site.page_cache.site import NOW, PAGES, Write, save

LATER = NOW + timedelta(days=1)


def editor():
    """Somebody who may publish."""
    return User.objects.create_superuser("editor", last_name="赵")


def review(site):
    steps.mark_reviewed(Article.objects.get(pk=site.about.pk), by=editor(), at=LATER)


def schedule_an_edit(site):
    about = Article.objects.get(pk=site.about.pk)
    steps.save(about, snapshot.take(about) | {"title": "以后的标题"}, by=None, at=NOW)
    steps.schedule(about, LATER + timedelta(days=1), by=editor(), at=LATER)


def cite_others(site):
    """By the field of the form: the rows are stored together."""
    others = PolicyDocument.objects.exclude(slug="bj_op_2023")[:2]
    cited = [{"document": row.pk, "clause": ""} for row in others]
    by_name("sources").put(Article.objects.get(pk=site.about.pk), cited)


def cite_as_well(site):
    by_name("sources").put(site.other, [{"document": site.document.pk, "clause": ""}])


WITHOUT_NAME = {"calendar", "deadline"}
WRITES_OF_WORKFLOW = {
    "the site is renamed": Write(lambda site: save(site.settings, name="江城医保通"), PAGES.keys() - WITHOUT_NAME),
    "a link of the footer is taken out": Write(
        lambda site: site.settings.navigation.get(page="about").delete(), ["home", "article", "glossary"]
    ),
    "a page of the navigation is renamed": Write(lambda site: save(site.page, title="隐私"), ["home", "page"]),
    "a category of the navigation is renamed": Write(lambda site: save(site.linked, name="导引"), ["home", "glossary"]),
    "an article is reviewed again": Write(review, ["article"], {"home", "article of Shanghai"}),
    "an edit is scheduled by a reviewer": Write(schedule_an_edit, ["article"], {"home", "article of Shanghai"}),
    "an article cites two documents instead": Write(
        cite_others, ["document", "article"], {"home", "area", "article of Shanghai"}
    ),
    "an article's form cites a document": Write(
        cite_as_well, ["document", "article of Shanghai"], {"home", "area", "article"}
    ),
}
