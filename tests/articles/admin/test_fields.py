"""The table of article fields: one row carries a field through versions, comparison, files, import and preview."""

from datetime import date

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from articles import fields
from articles.admin.article import ArticleAdmin
from articles.admin.inlines import SourceInline
from articles.import_export import files
from articles.import_export.importer import import_article, import_articles
from articles.models import Article, OldAddress
from articles.views import preview
from articles.workflow import conflicts, diff, snapshot, steps
from tests.office_page import keep, open_form

FIRST, SECOND = date(2027, 1, 1), date(2028, 2, 29)


def problems():
    return [(problem.id, problem.msg) for problem in run_checks() if problem.id.startswith("articles.")]


def put_on_the_form(monkeypatch, *names):
    monkeypatch.setattr(ArticleAdmin, "fieldsets", [*ArticleAdmin.fieldsets, ("添加的", {"fields": list(names)})])


@pytest.fixture
def added(monkeypatch):
    """A column of the model that was no field of the text becomes one: a row in the table, a place in the fieldsets."""
    monkeypatch.setattr(fields, "FIELDS", fields.FIELDS[:])
    fields.FIELDS.insert(3, fields.Column("review_by", "下次审核日"))
    put_on_the_form(monkeypatch, "review_by")


@pytest.fixture
def article(added, author, category):
    return author.write(category, title="旧标题", summary="摘要。", review_by=FIRST.isoformat())


def run(data, **options):
    return import_articles(files.read("a.csv", data), **options)


def stored(article):
    return Article.objects.get(pk=article.pk).review_by


def test_the_article_form_and_the_table_of_fields_agree():
    assert problems() == []


def test_a_field_added_to_the_form_alone_is_an_error(monkeypatch):
    put_on_the_form(monkeypatch, "review_by", "reviewer")

    assert problems() == [
        ("articles.E002", "The field “review_by” of the article form is not stored."),
        ("articles.E002", "The field “reviewer” of the article form is not stored."),
    ]


def test_rows_added_below_the_form_alone_are_an_error(monkeypatch):
    monkeypatch.setattr(SourceInline, "part", "documents")

    assert problems() == [
        ("articles.E002", "The field “documents” of the article form is not stored."),
        ("articles.E003", "The field “sources” is not on the article form."),
    ]


def test_a_field_in_the_table_that_the_form_does_not_show_is_an_error(monkeypatch):
    monkeypatch.setattr(fields, "FIELDS", [*fields.FIELDS, fields.Column("review_by", "下次审核日")])

    assert problems() == [("articles.E003", "The field “review_by” is not on the article form.")]


def test_a_moment_or_relation_in_the_table_as_a_column_is_an_error(monkeypatch):
    monkeypatch.setattr(fields, "FIELDS", [*fields.FIELDS, fields.Column("edit_live_at", "上线时间")])
    put_on_the_form(monkeypatch, "edit_live_at")

    assert problems() == [("articles.E004", "The field “edit_live_at” cannot be a Column.")]


def test_a_field_with_a_row_and_a_place_on_the_form_passes_the_checks(added):
    assert problems() == []


def test_an_added_field_is_stored_with_the_version_and_shown_in_the_form_again(author, article):
    page = author.client.get(author.url(article))

    assert steps.newest(article).content["review_by"] == "2027-01-01"
    assert stored(article) == FIRST
    assert page.context["adminform"].form["review_by"].value() == FIRST


def test_an_added_field_of_a_public_article_waits_for_its_publication(author, chief, article):
    steps.publish(article, by=None)
    author.post(article, author.open(article), review_by=SECOND.isoformat())
    assert stored(article) == FIRST

    steps.publish(Article.objects.get(pk=article.pk), by=None)
    assert stored(article) == SECOND


def test_an_added_field_is_compared(author, article):
    before = steps.newest(article).content
    author.post(article, author.open(article), review_by=SECOND.isoformat())
    [part] = diff.parts(before, steps.newest(article).content)

    assert part.label == "下次审核日"
    assert ("2027" in part.rows[0].before, "2028" in part.rows[0].after) == (True, True)


def test_an_added_field_is_restored_with_its_version(author, article):
    first = steps.newest(article)
    author.post(article, author.open(article), review_by=SECOND.isoformat())
    steps.restore(Article.objects.get(pk=article.pk), first, by=None)

    assert stored(article) == FIRST


def test_an_added_field_is_exported_and_imported_unchanged(article):
    data = files.to_table(Article.objects.all(), "csv")
    [row] = files.exported(Article.objects.all())

    assert row["下次审核日"] == "2027-01-01"
    assert list(row)[-1] == "正文"
    assert [one.done for one in run(data).rows] == ["未变"]
    assert [one.done for one in import_articles(files.read("a.md", files.to_markdown(row).encode())).rows] == ["未变"]

    Article.objects.all().delete()
    assert run(data).is_clean
    assert Article.objects.get().review_by == FIRST


def test_an_added_field_is_changed_by_an_import_that_names_it_and_kept_by_one_that_does_not(article, category):
    text = f"标题,栏目,网址名,正文{{}}\n旧标题,{category},{article.slug},<p>正文。</p>{{}}\n"
    assert [one.done for one in run(text.format("", "").encode()).rows] == ["未变"]

    run(text.format(",下次审核日", ",2028-02-29").encode())
    assert stored(article) == SECOND


def test_an_import_says_what_is_wrong_with_an_added_field(article, category):
    text = f"标题,栏目,正文,下次审核日\n新的,{category},<p>正文。</p>,明年\n"

    assert run(text.encode()).rows[0].problems == ["下次审核日（review_by）写得不对：明年。"]


def test_an_added_field_of_front_matter_may_be_a_day(added, category):
    front = f'title = "新的"\ncategory = "{category}"\nreview_by = 2027-01-01\n'

    assert import_article(f"+++\n{front}+++\n\n正文。").review_by == FIRST


def test_an_added_field_is_previewed(author, client, article):
    steps.publish(article, by=None)
    author.post(article, author.open(article), review_by=SECOND.isoformat())
    page = client.get(preview.link(article, date(2027, 6, 1)))

    assert page.context["article"].review_by == SECOND


def test_an_added_field_that_somebody_else_changed_is_taken_over(author, chief, article):
    before = author.open(article)
    chief.post(article, chief.open(article), review_by=SECOND.isoformat())
    page = author.post(article, before, title="作者的标题")

    assert page.context["conflict"].taken_over == ["下次审核日"]
    assert page.context["adminform"].form["review_by"].value() == "2028-02-29"


def test_an_added_field_is_autosaved(author, article):
    address = author.url(article)
    fields = open_form(author.client, address)
    keep(author.client, address, fields, review_by="2028-02-29")

    assert open_form(author.client, address, restore=fields["form_opening"][0])["review_by"] == ["2028-02-29"]


def test_a_version_from_before_a_field_was_added_has_its_default(author, client, category, monkeypatch):
    article = author.write(category, title="旧标题")
    old = steps.newest(article)
    assert "review_by" not in old.content
    monkeypatch.setattr(fields, "FIELDS", [*fields.FIELDS, fields.Column("review_by", "下次审核日")])
    put_on_the_form(monkeypatch, "review_by")

    assert author.client.get(author.url(article)).context["adminform"].form["review_by"].value() is None
    assert client.get(preview.link(article, FIRST)).status_code == 200
    author.post(article, author.open(article), review_by=FIRST.isoformat())
    new = steps.newest(article)
    assert [part.label for part in diff.parts(old.content, new.content)] == ["下次审核日"]
    assert conflicts.merge(old.content, old.content, new.content)["review_by"] == "2027-01-01"
    page = author.client.get(
        f"{author.url(article).removesuffix('change/')}compare/", {"from": old.number, "to": new.number}
    )
    assert page.status_code == 200
    steps.restore(Article.objects.get(pk=article.pk), old, by=None)
    assert stored(article) is None


def test_a_field_that_another_app_registers_has_a_name_of_its_own_and_a_form_field():
    for field in (fields.RelatedColumn("title", "别的标题", OldAddress), fields.Column("review_by", "下次审核日")):
        with pytest.raises(ImproperlyConfigured):
            fields.register(field)

    assert fields.registered_fields() == []


def test_a_choice_or_yes_no_is_written_in_words():
    status = fields.Column("status", "状态")
    assert status.lines("draft", {}) == ["草稿"]
    assert status._read_word("草稿") == "draft"


def test_a_content_keeps_every_field_through_a_form(author, live):
    content = steps.newest(live).content
    page = author.client.get(author.url(live))
    posted = author.fields(page)

    assert snapshot.same(content, snapshot.from_post(_query(posted)))


def _query(posted):
    query = QueryDict(mutable=True)
    for name, values in posted.items():
        query.setlist(name, values if isinstance(values, list) else [values])
    return query
