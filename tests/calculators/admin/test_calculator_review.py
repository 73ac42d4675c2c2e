"""Review of a calculator: whoever wrote it last submits it, somebody else publishes it or sends it back."""

from dataclasses import replace

import pytest
from django.urls import reverse

from calculators.models import Calculator
from calculators.publishing import review
from calculators.publishing.gate import publish
from tests.calculators.admin.calculator_form import LIST, form_of, keys_of, page, save_draft
from tests.calculators.factories import MATERNITY, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(client, manager):
    """A calculator that the policy manager has just written, without a mistake."""
    save_draft(client, MATERNITY)
    return Calculator.objects.get(code=MATERNITY.code)


@pytest.fixture
def colleague(staff):
    return staff("政策管理员", username="colleague", first_name="同事")


def step(client, calculator, name, reason=""):
    calculator.refresh_from_db()
    return client.post(page("review", calculator), {name: "1", "reason": reason}, follow=True).content.decode()


def told(client):
    """The counts of the worklist by title."""
    groups = client.get(reverse("admin:index")).context["groups"]
    return {entry.title: entry.count for _, _, entries in groups for entry in entries if "计算器" in entry.title}


def test_whoever_wrote_a_calculator_last_cannot_publish_it_alone(client, manager, written):
    shown = client.get(page("publish", written)).content.decode()
    assert "要由另一个人发布" in shown
    assert 'value="送审"' in shown
    assert 'value="发布"' not in shown
    assert "保存，去送审" in client.get(page("change", written)).content.decode()

    answer = client.post(page("publish", written), {"reason": "我说行"}, follow=True).content.decode()

    assert "最后改它的人不能自己发布，请送审。" in answer
    assert not Calculator.objects.live().exists()
    with pytest.raises(review.ReviewRefused, match="请送审"):
        publish(written, by=manager)


def test_a_submission_is_sent_back_with_a_reason_and_published_by_another(client, manager, colleague, written):
    assert "已送审" in step(client, written, "_submit", "照新规定写的")
    assert told(client) == {}
    assert 'value="撤回送审"' in client.get(page("publish", written)).content.decode()

    client.force_login(colleague)
    assert told(client) == {"计算器等我审核": 1}
    listed = client.get(f"{LIST}?state=review").content.decode()
    assert page("publish", written) in listed
    assert "照新规定写的" in client.get(page("publish", written)).content.decode()
    assert "退回要写明原因" in step(client, written, "_send_back")
    assert "已退回" in step(client, written, "_send_back", "算例写明出处")

    client.force_login(manager)
    assert told(client) == {"计算器退回给我修改": 1}
    assert MATERNITY.name in client.get(f"{LIST}?state=returned").content.decode().split('id="result_list"')[1]
    assert "算例写明出处" in client.get(page("change", written)).content.decode()
    step(client, written, "_submit")

    client.force_login(colleague)
    client.post(page("publish", written), {"reason": ""})
    written.refresh_from_db()
    assert written.live
    assert (written.submitted_by, written.submitted_at, written.review_note) == (None, None, "")
    reasons = [version.history_change_reason for version in written.history.all()[:4]]
    assert reasons == ["发布", "送审", "退回修改：算例写明出处", "送审：照新规定写的"]


def test_a_submission_is_taken_back_by_whoever_made_it_alone(client, manager, colleague, written):
    assert "还在等审核" in step(client, written, "_take_back")
    step(client, written, "_submit")
    assert "已经送审了。" in step(client, written, "_submit")
    client.force_login(colleague)
    assert "只有送审的人能撤回" in step(client, written, "_take_back")
    client.force_login(manager)
    assert "现在又是草稿" in step(client, written, "_take_back")
    client.force_login(colleague)
    assert "只有待审的计算器能退回。" in step(client, written, "_send_back", "为什么")


def test_a_chief_editor_publishes_an_own_calculator_at_once(client, staff):
    client.force_login(staff("主编", username="chief"))
    save_draft(client, MATERNITY)
    calculator = Calculator.objects.get()

    assert 'value="发布"' in client.get(page("publish", calculator)).content.decode()
    client.post(page("publish", calculator), {"reason": ""})

    assert Calculator.objects.live().exists()
    assert "没有要送审的修改" in step(client, calculator, "_submit")


def test_the_last_editor_is_who_changed_the_words_not_who_saved_them_again(client, manager, colleague, written):
    client.force_login(colleague)
    client.post(page("change", written), form_of(written.definition(), keys_of(written)))
    written.refresh_from_db()
    assert review.last_editor(written) == manager.pk

    other = replace(written.definition(), summary="另一句话。")
    client.post(page("change", written), form_of(other, keys_of(written)))
    written.refresh_from_db()
    assert review.last_editor(written) == colleague.pk
    assert review.may_publish(manager, written)
    assert review.last_editor(stored(replace(MATERNITY, code="shipped", name="随网站来的"))) is None


def test_an_editor_of_articles_takes_no_step_of_the_review(client, staff, written):
    client.force_login(staff("编辑", username="writer"))

    assert client.post(page("review", written), {"_submit": "1"}).status_code == 403
    assert told(client) == {}
