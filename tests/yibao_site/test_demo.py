"""The demo content: loaded once, gone for good where an editor deletes it, removable where nobody edited it."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from articles.import_export.demo import demo_texts, load_demo_pages
from articles.models import Article, Category, GlossaryTerm
from calculators.models import Calculator
from tests.example_app.apps import CALCULATORS
from yibao_site import demo

pytestmark = pytest.mark.django_db
TRAVEL_COSTS = (CALCULATORS / "travel_costs.toml").read_text(encoding="utf-8")
MORE = TRAVEL_COSTS.replace("travel_costs", "more").replace("看病路费", "住宿费")


@pytest.fixture(autouse=True)
def few(monkeypatch):
    texts = demo_texts()[:2]
    monkeypatch.setattr("articles.import_export.demo.demo_texts", lambda: texts)
    monkeypatch.setattr(demo, "demo_texts", lambda: texts)
    monkeypatch.setitem(demo.LOADERS, "计算器", lambda: 0)
    monkeypatch.setitem(demo.LOADERS, "单页", lambda: 0)


def test_what_was_deleted_of_the_demo_stays_away():
    assert demo.load_demo()["文章"] == 2
    Article.objects.all().delete()

    assert demo.load_demo()["文章"] == 0
    assert not Article.objects.exists()


def test_a_site_with_articles_of_its_own_gets_no_demo_articles():
    category = Category.objects.create(name="自己的", slug="own")
    own = Article.objects.create(title="自己的", slug="own", category=category, body="<p>文</p>")
    demo.load_demo()
    own.delete()

    assert demo.load_demo()["文章"] == 0


def test_remove_deletes_what_nobody_edited_and_lists_the_rest(capsys, admin_user):
    demo.load_demo()
    edited, _ = Article.objects.order_by("pk")
    kind = ContentType.objects.get_for_model(Article)
    LogEntry.objects.create(user=admin_user, content_type=kind, object_id=edited.pk, action_flag=CHANGE)
    term = GlossaryTerm.objects.first()
    term.explanation = "我们自己的解释，写得更清楚。"
    term.save()
    call_command("demo", "remove")
    said = capsys.readouterr().out

    assert list(Article.objects.all()) == [edited]
    assert list(GlossaryTerm.objects.all()) == [term]
    assert edited.title in said
    assert term.term in said
    assert "留下的 2 条" in said
    assert demo.load_demo()["文章"] == 0


def test_load_brings_back_what_was_removed():
    demo.load_demo()
    call_command("demo", "remove")
    call_command("demo", "load")

    assert Article.objects.count() == 2


def test_the_shipped_pages_are_loaded_once_and_removed_with_their_category(client):
    assert load_demo_pages() == 3
    assert load_demo_pages() == 0
    assert "不用登录" in client.get("/about/").content.decode()
    assert [client.get(address).status_code for address in ("/privacy/", "/contact/")] == [200, 200]
    call_command("demo", "remove")

    assert not Category.objects.exists()
    assert client.get("/about/").status_code == 200


def test_removing_twice_or_from_an_empty_site_is_no_fault():
    call_command("demo", "remove")
    call_command("demo", "remove")

    assert not Article.objects.exists()


@pytest.fixture
def app_folder(tmp_path, monkeypatch):
    """Files of an app's calculators; the file of `travel_costs` has another name."""
    monkeypatch.setattr(demo, "APP_LOADERS", {})
    (tmp_path / "trips.toml").write_text(TRAVEL_COSTS, encoding="utf-8")
    return tmp_path


def stored_codes(folder):
    demo.register_calculators("应用", folder)
    demo.load_app_content()
    return set(Calculator.objects.values_list("code", flat=True))


def test_a_calculator_that_a_later_release_of_an_app_adds_is_stored_beside_what_the_office_has(app_folder):
    assert stored_codes(app_folder) == {"travel_costs"}
    Calculator.objects.update(name="编辑部改过的")
    (app_folder / "more.toml").write_text(MORE, encoding="utf-8")

    assert stored_codes(app_folder) == {"travel_costs", "more"}
    assert Calculator.objects.get(code="travel_costs").name == "编辑部改过的"
    Calculator.objects.get(code="more").delete()
    assert stored_codes(app_folder) == {"travel_costs"}
    assert demo.load_demo_again()["应用 more"] == 0


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("每趟路费 × 趟数", "max(每趟路费, 趟数)", "没有叫“max”的函数。可以用的有：取大、取小"),
        ("[[question]]", "[question", "文件不是合格的 TOML"),
        ('name = "住宿费"', f'name = "{"长" * 200}"', "字符"),
    ],
)
def test_a_wrong_file_of_an_app_is_named_in_the_log_and_the_others_are_stored(
    app_folder, caplog, right, wrong, sentence
):
    (app_folder / "more.toml").write_text(MORE.replace(right, wrong, 1), encoding="utf-8")

    assert stored_codes(app_folder) == {"travel_costs"}
    assert "more.toml：" in caplog.text
    assert sentence in caplog.text
    (app_folder / "more.toml").write_text(MORE, encoding="utf-8")
    assert stored_codes(app_folder) == {"travel_costs", "more"}
