"""The first page of the editors' office: what waits, for whom, and that it goes when it is done."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleSource, Category, Version
from articles.workflow import snapshot, steps
from calculators.models import Calculator, Finding, PolicyDocument, PolicyValue, ResultReport
from calculators.models.finding import subject_key
from yibao_site.admin_site import worklist

INDEX = reverse("admin:index")


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief")


@pytest.fixture
def article(author):
    category = Category.objects.create(name="健康新闻")
    article = Article.objects.create(title="甲", body="<p>文</p>", category=category, author=author)
    steps.save(article, snapshot.take(article), by=author)
    return article


def shanghai(clock):
    """A moment as the application has it: in UTC."""
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def waiting(user, now=None):
    return {entry.title: entry.count for entry in worklist.entries(user, now or timezone.now()) if entry.count}


def test_what_is_handed_in_waits_for_the_chief_until_it_is_published(article, author, chief):
    steps.submit(article, by=author)
    assert "等我审核" in waiting(chief)
    assert "等我审核" not in waiting(author)

    steps.publish(article, by=chief)
    assert "等我审核" not in waiting(chief)


def test_nobody_waits_for_their_own_review(article, author, chief):
    article.author = chief
    article.save()
    steps.submit(article, by=chief)

    assert "等我审核" not in waiting(chief)


def test_what_was_sent_back_waits_for_its_author_until_handed_in_again(article, author, chief):
    steps.submit(article, by=author)
    steps.send_back(article, by=chief, note="缺来源")
    assert "退回给我修改" in waiting(author)

    steps.submit(article, by=author)
    assert "退回给我修改" not in waiting(author)


def test_a_review_due_within_two_weeks_waits_until_it_is_done(article, chief):
    steps.publish(article, by=chief)
    Article.objects.update(review_by=timezone.localdate() + timedelta(days=14))
    assert "该复审了" in waiting(chief)

    steps.mark_reviewed(Article.objects.get(), by=chief)
    assert "该复审了" not in waiting(chief)


@pytest.mark.parametrize(("now", "waits"), [("2026-02-28 23:59:59", False), ("2026-03-01 00:00:00", True)])
def test_two_weeks_are_counted_in_days_of_shanghai(article, chief, now, waits):
    steps.publish(article, by=chief, at=shanghai("2026-01-01 00:00:00"))
    Article.objects.update(review_by=date(2026, 3, 15))

    assert ("该复审了" in waiting(chief, shanghai(now))) is waits


def test_a_draft_nobody_touched_for_two_weeks_waits_for_its_author(article, author):
    assert "草稿两周没动" not in waiting(author)
    past = timezone.now() - timedelta(days=15)
    Article.objects.update(updated_at=past)
    Version.objects.update(at=past)

    assert "草稿两周没动" in waiting(author)


def test_tags_and_sources_that_are_missing_wait_until_they_are_there(article, author, chief):
    steps.publish(article, by=chief)
    assert {"没有标签", "没有来源", "相关阅读不足三篇"} <= set(waiting(author))

    article.tags.set(["门诊"])
    ArticleSource.objects.create(article=article, document=PolicyDocument.objects.first())
    assert not {"没有标签", "没有来源"} & set(waiting(author))


def test_open_findings_are_counted_by_kind_and_closed_ones_not(chief):
    for key in ("calculators.policydocument:1", "calculators.policydocument:2"):
        Finding.objects.report(kind="source_gone", subject_key=key, cause_key="", subject=key, sentence="打不开")
    assert waiting(chief)["来源打不开"] == 2

    Finding.objects.open().close("修好了")
    assert "来源打不开" not in waiting(chief)


def test_findings_are_counted_for_whoever_may_change_what_they_are_about(staff, author, article):
    calculator = Calculator.objects.create(code="trial", name="试验计算器", summary="一句话")
    theirs = Article.objects.create(title="别人的", category=article.category, author=staff("编辑", username="other"))
    for subject in (article, theirs, calculator):
        Finding.objects.report(
            kind="figure_changed", subject_key=subject_key(subject), cause_key="", subject=str(subject), sentence="变了"
        )

    assert waiting(author)["引用的数值变了"] == 1
    assert waiting(staff("政策管理员", username="manager"))["引用的数值变了"] == 1
    assert waiting(staff("主编", username="another-chief"))["引用的数值变了"] == 3


@pytest.fixture
def reported():
    calculator = Calculator.objects.create(code="trial", name="试验计算器", summary="一句话")
    return ResultReport.objects.create(calculator=calculator, sentence="多算了一块")


@pytest.fixture
def manager(staff):
    return staff("政策管理员", username="manager")


@pytest.mark.parametrize(
    ("days", "title"), [(-1, "数值过了复核日"), (0, "数值 60 天内该复核"), (60, "数值 60 天内该复核"), (61, None)]
)
def test_a_value_in_force_waits_for_its_review(manager, days, title):
    today = timezone.localdate()
    PolicyValue.objects.update(review_by=None)
    value = PolicyValue.objects.current(today).first()
    PolicyValue.objects.filter(pk=value.pk).update(review_by=today + timedelta(days=days))
    assert {name: count for name, count in waiting(manager).items() if "复核" in name} == ({title: 1} if title else {})

    value.pk, value.effective_from = None, today
    value.save()
    assert "数值过了复核日" not in waiting(manager)


def test_a_figure_waits_for_whoever_did_not_enter_it_until_it_is_read_again(manager, chief, author):
    PolicyValue.objects.update(status="confirmed", clause="第一条", confirmed_on=timezone.localdate())
    value = PolicyValue.objects.first()
    value.enter(manager)
    value.save()
    waits = {user: "数值等我核对" in waiting(user) for user in (manager, chief, author)}
    assert waits == {manager: False, chief: True, author: False}

    PolicyValue.objects.update(status="confirmed", clause="第一条", confirmed_on=timezone.localdate())
    assert "数值等我核对" not in waiting(chief)


def test_a_report_of_a_wrong_result_waits_until_it_is_answered(manager, reported):
    assert waiting(manager)["算得不对"] == 1

    ResultReport.objects.update(closed=timezone.now())
    assert "算得不对" not in waiting(manager)


def test_every_entry_leads_to_a_list_of_as_many(article, author, chief, client, reported):
    steps.submit(article, by=author)
    client.force_login(chief)
    PolicyValue.objects.filter(parameter__name="职工门诊起付线").update(
        review_by=timezone.localdate() - timedelta(days=1)
    )
    entries = [entry for _, _, entries in client.get(INDEX).context["groups"] for entry in entries]
    assert {"等我审核", "算得不对", "数值过了复核日", "数值等我核对"} <= {entry.title for entry in entries}

    assert [entry for entry in entries if client.get(entry.url).context["cl"].result_count != entry.count] == []


@pytest.mark.parametrize("count", [0, 20])
def test_the_first_page_costs_the_same_queries_however_much_waits(
    chief, client, article, count, django_assert_num_queries
):
    for number in range(count):
        Article.objects.create(title=f"第 {number} 篇", body="<p>文</p>", category=article.category, status="review")
    client.force_login(chief)
    client.get(INDEX)

    with django_assert_num_queries(28):
        client.get(INDEX)


def test_a_policy_manager_is_shown_no_article_work(article, staff):
    assert "没有标签" not in waiting(staff("政策管理员", username="manager"))


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("〔职工门诊起付线·北京·在职〕", True),
        ("〔职工门诊起付线·北京〕", True),
        ("〔职工门诊起付线·成都·在职〕", False),
        ("〔职工门诊封顶线·北京〕", False),
        ("职工门诊起付线·北京", False),
    ],
)
@pytest.mark.parametrize("place", ["body", "summary"])
def test_a_figure_with_a_later_value_waits_until_its_first_day(article, author, chief, text, waits, place):
    steps.publish(article, by=chief)
    Article.objects.update(**{place: text})
    assert "引用的数将要调整" not in waiting(author)
    row = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__short_name="北京").first()
    row.pk, row.effective_from = None, timezone.localdate() + timedelta(days=1)
    row.save()

    assert ("引用的数将要调整" in waiting(author)) is waits
    assert "引用的数将要调整" not in waiting(author, timezone.now() + timedelta(days=1))


def test_a_standard_without_a_recorded_successor_waits_until_it_is_entered(staff):
    manager = staff("政策管理员")
    PolicyValue.objects.filter(kind=PolicyValue.Kind.UNKNOWN).delete()
    row = PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").latest("effective_from")
    row.pk, row._state.adding = None, True
    row.effective_from, row.written = date(2026, 1, 1), "此后未收录"
    row.save()
    now = shanghai("2026-11-01 12:00:00")
    assert waiting(manager, now)["之后的标准没查到"] == 1

    row.pk, row.effective_from, row.written = None, date(2026, 7, 1), "1900"
    row.save()
    assert "之后的标准没查到" not in waiting(manager, now)


def test_every_kind_of_finding_has_its_entry():
    assert worklist.FINDING_KINDS.keys() == set(Finding.Kind)
