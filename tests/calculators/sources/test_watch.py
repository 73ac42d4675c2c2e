from datetime import date, timedelta
from functools import partial

import pytest
from django.core.management import call_command

from articles.models import Article, Category
from calculators.models import Finding, PolicyDocument, SourceCheck
from calculators.sources.fetch import AddressRefused, FetchedPage, FetchFailed, fetch
from calculators.sources.watch import MAX_FAILED_VISITS, documents_to_visit, visit_document
from tests.calculators.web_server import moved, page, serving

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def document():
    PolicyDocument.objects.exclude(slug="bj_op_2023").update(url="")
    found = PolicyDocument.objects.get(slug="bj_op_2023")
    found.url = "https://example.org/law"
    found.save()
    return found


def answers(*replies):
    """Answer visits one after another, each with a page or an exception."""
    queue = list(replies)

    def reply(url):
        answer = queue.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return reply


def found(text="起付线1800元", status=200, moved_to=""):
    return FetchedPage(status, f"<p>{text}</p>".encode(), "text/html; charset=utf-8", moved_to)


def visits(document, *replies):
    """Visit day after day; the last check."""
    reply = answers(*replies)
    return [visit_document(document, DAY + timedelta(days=day), reply) for day in range(len(replies))][-1]


def open_kinds():
    return list(Finding.objects.open().values_list("kind", flat=True))


def test_a_first_visit_keeps_the_hash_and_the_day_and_finds_nothing(document):
    check = visits(document, found())

    assert (check.outcome, check.checked_on, len(check.text_hash)) == ("ok", DAY, 64)
    assert open_kinds() == []


def test_other_words_are_found_with_their_day(document):
    check = visits(document, found(), found(), found("起付线1900元"))

    assert check.changed_on == DAY + timedelta(days=2)
    assert open_kinds() == ["source_changed"]


def test_a_change_stays_on_the_worklist_until_an_editor_deals_with_it(document):
    visits(document, found(), found("起付线1900元"), found("起付线1900元"))
    assert open_kinds() == ["source_changed"]

    document.save()
    assert open_kinds() == []


def test_an_article_that_shows_a_figure_of_the_document_is_listed_until_it_is_edited(document):
    category = Category.objects.create(name="试验栏目", slug="test")
    citing = Article.objects.create(title="引用", body="<p>〔职工门诊起付线·北京·在职〕</p>", category=category)
    Article.objects.create(title="别处", body="<p>〔职工门诊起付线·成都·在职〕</p>", category=category)
    visits(document, found(), found("起付线1900元"))
    assert set(Finding.objects.open().values_list("kind", "subject")) == {
        ("source_changed", str(document)),
        ("source_changed", "引用"),
    }

    citing.body = "<p>看过了。</p>"
    citing.save()
    assert Finding.objects.open().get().subject == str(document)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_found_at_once(document, status):
    assert visits(document, found(status=status)).outcome == "gone"
    assert open_kinds() == ["source_gone"]


@pytest.mark.parametrize("silence", [FetchFailed("没有应答。"), found(status=503), found(status=403)])
def test_a_site_that_is_down_for_a_night_is_not_gone(document, silence):
    assert visits(document, found(), *[silence] * (MAX_FAILED_VISITS - 1)).outcome == "ok"
    assert open_kinds() == []


def test_silence_day_after_day_is(document):
    assert visits(document, found(), *[FetchFailed("没有应答。")] * MAX_FAILED_VISITS).outcome == "gone"
    assert open_kinds() == ["source_gone"]


def test_a_page_that_is_back_closes_its_finding(document):
    visits(document, found(status=404), found())

    assert open_kinds() == []
    assert Finding.objects.get().resolution == "再次检查时已恢复"


def test_a_page_that_moved_names_its_new_address(document):
    visits(document, found(moved_to="https://example.org/new"))

    assert "https://example.org/new" in Finding.objects.open().get(kind="source_moved").sentence


def test_a_link_inside_is_told_and_not_followed(document):
    assert visits(document, AddressRefused("链接指向内部网络的地址，不访问。")).outcome == "refused"
    assert "内部网络" in Finding.objects.open().get().sentence


def test_another_link_starts_anew(document):
    visits(document, found())
    document.url = "https://example.org/other"
    document.save()
    visits(document, found("另一份"))

    assert open_kinds() == []


def test_a_document_is_visited_once_a_day_and_those_without_a_link_never(document):
    assert list(documents_to_visit(DAY)) == [document]

    visits(document, found())
    assert list(documents_to_visit(DAY)) == []
    assert list(documents_to_visit(DAY + timedelta(days=1))) == [document]


def test_the_command_visits_real_pages(document, settings, capsys):
    settings.SOURCE_WATCH_LOOPBACK = True
    with serving(law=page("<p>条文</p>"), old=moved("/law")) as site:
        document.url = site.url("old")
        document.save()
        call_command("watch_sources")

    assert "访问了 1 个链接：换了地址 1。" in capsys.readouterr().out
    assert SourceCheck.objects.get().text_hash


def test_without_the_test_setting_the_command_reaches_nothing_inside(document, capsys):
    with serving(law=page("<p>条文</p>")) as site:
        document.url = site.url("law")
        document.save()
        call_command("watch_sources")

    assert "不允许访问 1" in capsys.readouterr().out
    assert SourceCheck.objects.get().text_hash == ""


def test_markup_served_anew_is_no_change(document):
    look = partial(fetch, loopback=True)
    with serving(law=page("<p>起付线1800元</p>")) as site:
        document.url = site.url("law")
        document.save()
        visit_document(document, DAY, look)
        site.pages["/law"] = page("<div id=x>起付线 1800元</div><script>1</script>")
        visit_document(document, DAY + timedelta(days=1), look)
        assert open_kinds() == []

        site.pages["/law"] = page("<div id=x>起付线 1900元</div>")
        visit_document(document, DAY + timedelta(days=2), look)

    assert open_kinds() == ["source_changed"]
