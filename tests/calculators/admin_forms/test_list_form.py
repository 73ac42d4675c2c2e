"""Two people in one list that is edited in place."""

import pytest

from articles.models import Category, Feedback, GlossaryTerm
from tests.office_page import open_list

pytestmark = pytest.mark.django_db
SENTENCE = "一句完整的话，说它是什么。"


def feedback(text):
    return Feedback.objects.create(kind=Feedback.Kind.REPORT, path="/", text=text)


# The list, its box, two rows of it, and what is typed into the first and the second.
LISTS = {
    "articles/category": (
        "order",
        lambda name: Category.objects.create(name=name, slug=f"s{ord(name[0])}"),
        "41",
        "42",
    ),
    "articles/glossaryterm": (
        "order",
        lambda name: GlossaryTerm.objects.create(term=name, explanation=SENTENCE),
        "41",
        "42",
    ),
    "articles/feedback": ("done", feedback, "on", "on"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_row_left_alone_is_not_saved_over_what_another_person_saved(admin_client, name):
    box, make, *typed = LISTS[name]
    rows = [make(name) for name in ("甲词", "乙词")]
    address = f"/admin/{name}/"
    windows = [open_list(admin_client, address) for _ in rows]
    for row, window, text in zip(rows, windows, typed, strict=True):
        place = next(key for key, texts in window.items() if key.endswith("-id") and texts == [str(row.pk)])
        changed = window | {place.replace("-id", f"-{box}"): text, "_save": "1"}
        assert admin_client.post(address, changed).status_code == 302

    stored = [getattr(type(row).objects.get(pk=row.pk), box) for row in rows]
    assert [str(value) for value in stored] == (["41", "42"] if box == "order" else ["True", "True"])


def test_a_row_that_breaks_a_rule_of_its_model_is_refused_with_the_sentence(admin_client):
    """Its term was written before the rule; the list shows the order alone."""
    row = GlossaryTerm.objects.create(term="甲词", explanation=SENTENCE)
    GlossaryTerm.objects.filter(pk=row.pk).update(explanation="<b>粗</b>")
    window = open_list(admin_client, "/admin/articles/glossaryterm/")
    place = next(key for key, texts in window.items() if key.endswith("-id") and texts == [str(row.pk)])
    page = admin_client.post(
        "/admin/articles/glossaryterm/", window | {place.replace("-id", "-order"): "7", "_save": "1"}
    )

    assert page.status_code == 200
    assert "解释是纯文字，不能用 HTML 标记。" in page.content.decode()
    assert GlossaryTerm.objects.get().order == 0
