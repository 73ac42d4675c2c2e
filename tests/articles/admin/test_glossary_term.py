import pytest

from articles.models import GlossaryTerm

ADD = "/admin/articles/glossaryterm/add/"
GOOD = {
    "term": "起付线",
    "also": "起付标准",
    "explanation": "报销从哪里开始算。超过的部分才付。",
    "slug": "",
    "order": "",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, staff):
    client.force_login(staff("主编"))
    return client


def test_a_chief_editor_adds_a_glossary_term(editor):
    assert editor.post(ADD, GOOD).status_code == 302

    term = GlossaryTerm.objects.get()
    assert (term.words, term.slug) == (("起付线", "起付标准"), "qi-fu-xian")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"term": " "}, "写上要解释的词。"),
        ({"explanation": " "}, "写一两句解释：没有解释的词读者点开是空的。"),
        ({"explanation": "起付线。"}, "解释太短：写一两句完整的话。"),
        ({"explanation": "报销从<i>哪里</i>开始算。"}, "解释是纯文字，不能用 HTML 标记。"),
        ({"also": "<script>"}, "名词是纯文字"),
    ],
)
def test_a_glossary_term_that_cannot_be_shown_is_refused_in_a_sentence(editor, fields, sentence):
    page = editor.post(ADD, GOOD | fields)

    assert sentence in page.content.decode()
    assert not GlossaryTerm.objects.exists()


def test_a_word_that_is_explained_already_is_refused(editor):
    editor.post(ADD, GOOD)
    page = editor.post(ADD, GOOD | {"term": "门槛费"}).content.decode()

    assert "“起付标准”已经在“起付线”那一条里：一个词只有一个解释。" in page
    assert GlossaryTerm.objects.count() == 1


def test_a_part_of_another_term_is_stored_and_said(editor):
    editor.post(ADD, GOOD)
    page = editor.post(ADD, GOOD | {"term": "起付", "also": ""}, follow=True).content.decode()

    assert GlossaryTerm.objects.filter(term="起付").exists()
    assert "“起付”是“起付线”的一部分：文章里写着“起付线”的地方，标的是“起付线”。" in page


def test_the_history_of_a_glossary_term_tells_who_changed_what_and_why(editor):
    editor.post(ADD, GOOD)
    term = GlossaryTerm.objects.get()
    changed = GOOD | {"explanation": "过了这条线才开始报销的数。", "slug": "a", "order": 3, "change_reason": "更好懂"}
    editor.post(f"/admin/articles/glossaryterm/{term.pk}/change/", changed)
    page = editor.get(f"/admin/articles/glossaryterm/{term.pk}/history/").content.decode()

    for text in ("报销从哪里开始算。超过的部分才付。 → 过了这条线才开始报销的数。", "更好懂", "staff"):
        assert text in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_glossary_terms_costs_the_same_however_many(editor, django_assert_num_queries, count):
    for number in range(count):
        GlossaryTerm.objects.create(term=f"名词{number}", explanation="报销从哪里开始算。")

    with django_assert_num_queries(7):
        page = editor.get("/admin/articles/glossaryterm/", {"q": "名词"})
    assert page.context["cl"].result_count == count


@pytest.mark.parametrize(("group", "may_delete"), [("编辑", 403), ("主编", 200)])
def test_the_chief_editor_deletes_glossary_terms(client, staff, group, may_delete):
    term = GlossaryTerm.objects.create(term="起付线", explanation="报销从哪里开始算。")
    client.force_login(staff(group))

    assert client.get(f"/admin/articles/glossaryterm/{term.pk}/delete/").status_code == may_delete
