"""What a save says, and that only what is public says anything."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category, RelatedArticle, Synonym
from calculators.common import page_keys
from calculators.models import Parameter, PolicyValue, PoolingArea
from yibao_site.page_cache.models import PageChange

pytestmark = pytest.mark.django_db
HEADERS = "参数,地区,适用于,数值,单位,首日,见于,政策文件,条款,状态,复核截止,备注"
NEXT_YEAR = "职工门诊起付线,北京,在职,1900,元/年,2027-01-01,,bj_op_2023,,待核实,,"
DEDUCTIBLE_KEYS = {page_keys.values_of("employee.outpatient.deductible"), page_keys.values_of("职工门诊起付线")}


@pytest.fixture
def category():
    return Category.objects.create(name="门诊攻略")


def article(category, status="published", **fields):
    fields = {"title": "试验文章", "body": "<p>正文</p>", "published_at": timezone.now()} | fields
    return Article.objects.create(category=category, status=status, **fields)


def said_by(change):
    PageChange.objects.all().delete()
    change()
    return {key for row in PageChange.objects.all() for key in row.keys.split(",")}


def test_a_saved_article_says_its_own_page_and_the_lists_it_is_in(category):
    beijing = PoolingArea.objects.get(code="110000")
    saved = article(category, area=beijing)
    keys = said_by(saved.save)

    assert {
        page_keys.NEWEST_ARTICLES,
        page_keys.article(saved.pk),
        page_keys.articles_in_category(category.pk),
        page_keys.articles_in_area(beijing.pk),
    } <= keys


def test_a_draft_says_nothing(category):
    draft = article(category, status="draft", published_at=None)

    assert said_by(draft.save) == set()


def test_taking_an_article_down_says_the_lists_it_was_in(category):
    saved = Article.objects.get(pk=article(category).pk)
    saved.status = "archived"

    assert page_keys.articles_in_category(category.pk) in said_by(saved.save)


def test_moving_an_article_says_the_old_category_and_the_new(category):
    other = Category.objects.create(name="住院攻略")
    saved = Article.objects.get(pk=article(category).pk)
    saved.category = other
    keys = said_by(saved.save)

    assert {page_keys.articles_in_category(category.pk), page_keys.articles_in_category(other.pk)} <= keys


def test_a_new_tag_says_its_list(category):
    saved = article(category)
    keys = said_by(lambda: saved.tags.add("起付线"))

    assert page_keys.articles_tagged(saved.tags.get().pk) in keys


def test_an_article_says_the_pages_beside_which_it_stands(category):
    beside, listed = article(category), article(category)
    RelatedArticle.objects.create(article=beside, related=listed, rank=1, score=1)

    assert page_keys.article(beside.pk) in said_by(listed.save)


def test_deleting_an_article_says_its_lists(category):
    saved = article(category)

    assert page_keys.articles_in_category(category.pk) in said_by(saved.delete)


def test_a_policy_value_says_its_parameter_by_both_its_names():
    value = PolicyValue.objects.filter(parameter__code="employee.outpatient.deductible").first()

    assert said_by(value.save) >= DEDUCTIBLE_KEYS


def test_an_article_page_notes_the_figures_it_quotes(client, category):
    saved = article(category, body="<p>〔职工门诊起付线·北京·在职〕</p>")
    with page_keys.collecting() as keys:
        client.get(saved.get_absolute_url())

    assert {
        page_keys.article(saved.pk),
        page_keys.category(category.pk),
        page_keys.value("职工门诊起付线", PoolingArea.objects.get(code="110000").pk),
    } <= keys


def test_a_table_imported_in_the_admin_says_its_parameters(client, staff):
    client.force_login(staff("政策管理员"))
    address = "/admin/calculators/policyvalue/import/"
    table = SimpleUploadedFile("values.csv", f"{HEADERS}\n{NEXT_YEAR}".encode())
    tried = []
    said_trying = said_by(lambda: tried.append(client.post(address, {"file": table})))
    confirmed = {"table": tried[0].context["confirm"].initial["table"], "reason": "年度调整"}
    said = said_by(lambda: client.post(address, confirmed))

    assert said_trying == set()
    assert PolicyValue.objects.filter(number=1900, effective_from="2027-01-01").exists()
    assert said >= DEDUCTIBLE_KEYS


def test_a_value_restored_from_its_history_says_its_parameter(client, staff):
    client.force_login(staff("政策管理员"))
    value = PolicyValue.objects.get(
        parameter__code="employee.outpatient.deductible", area__code="110000", conditions_text="在职"
    )
    value.save()
    version = value.history.first()
    value.written = "1700"
    value.save()
    address = reverse("admin:calculators_policyvalue_simple_history", args=[value.pk, version.history_id])
    form = client.get(address).context["adminform"].form
    posted = {field.html_name: field.value() for field in form if field.value() not in (None, "", [])}
    said = said_by(lambda: client.post(address, posted | {"impact_shown": "1", "change_reason": "恢复"}))

    value.refresh_from_db()
    assert value.number == 1800
    assert said >= DEDUCTIBLE_KEYS


def test_what_search_keeps_in_every_process_is_said():
    synonym = Synonym(word="门槛费", meaning="起付线")

    assert page_keys.ALL_SYNONYMS in said_by(synonym.save)
    assert page_keys.ALL_SYNONYMS in said_by(synonym.delete)
    assert page_keys.ALL_PARAMETERS in said_by(Parameter.objects.first().save)
