"""Through the forms: writing, handing in, approving, colliding, losing nothing."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.workflow import steps
from articles.workflow.scheduling import run_due
from calculators.models import PolicyDocument

ATTACK = '<p>好</p><script>alert(1)</script><img src="https://evil.example/a.png" onerror="alert(1)">'


def text_of(response):
    return response.content.decode()


def again(article):
    return Article.objects.get(pk=article.pk)


def test_an_author_writes_a_draft_that_is_theirs(author, category):
    article = author.write(category, tags="门诊，C++ 与 医保")

    assert (article.status, article.author) == ("draft", author.user)
    assert article.tags_text == "门诊、C++ 与 医保"
    assert article.versions.count() == 1


def test_a_posted_form_is_sanitised_in_the_row_and_in_the_version(author, category):
    article = author.write(category, body=ATTACK)

    assert article.body == steps.newest(article).content["body"] == "<p>好</p>"


def test_an_author_hands_in_and_is_offered_no_publishing(author, category):
    article = author.write(category, "_step_submit")
    page = text_of(author.client.get(author.url(article)))

    assert article.status == "review"
    assert "_step_publish" not in page
    assert "_step_archive" not in page


def test_a_forged_publish_button_is_refused_and_the_text_not_saved(author, category):
    article = author.write(category)
    page = author.post(article, author.open(article), "_step_publish", title="夹带")

    assert "没有这个权限" in text_of(page)
    assert again(article).status == "draft"


def test_the_chief_publishes_what_was_handed_in(author, chief, category):
    article = author.write(category, "_step_submit")
    chief.post(article, chief.open(article), "_step_publish", note="可以")

    assert again(article).is_public(timezone.now())
    assert again(article).reviewer == chief.user
    assert article.events.first().note == "可以"


def test_sending_back_demands_a_reason_and_loses_nothing(author, chief, category):
    article = author.write(category, "_step_submit")
    page = chief.post(article, chief.open(article), "_step_send_back", title="改过的标题")
    assert steps.NO_REASON in text_of(page)
    assert page.context["adminform"].form["title"].value() == "改过的标题"
    assert again(article).status == "review"

    chief.post(article, chief.open(article), "_step_send_back", note="开头不对")
    assert (again(article).status, article.events.first().note) == ("draft", "开头不对")


def test_archiving_asks_on_a_page_of_its_own(chief, live, client):
    address = reverse("admin:articles_article_archive", args=[live.pk])
    form = text_of(chief.client.get(chief.url(live)))
    assert address in form
    assert 'name="_step_archive"' not in form
    assert "没有这个权限" in text_of(chief.post(live, chief.open(live), "_step_archive"))

    assert "读者现在看得到" in text_of(chief.client.get(address))
    assert again(live).is_public(timezone.now())
    chief.client.post(address, {"note": "过时了"})
    assert again(live).status == "archived"
    assert live.events.first().note == "过时了"


def test_only_who_may_publish_archives(author, live):
    assert author.client.post(reverse("admin:articles_article_archive", args=[live.pk])).status_code == 403


def test_deleting_asks_and_tells_what_readers_lose(chief, live, category):
    draft = chief.write(category, title="草稿一篇")
    one = text_of(chief.client.get(reverse("admin:articles_article_delete", args=[live.pk])))
    chosen = {"action": "delete_selected", "_selected_action": [live.pk, draft.pk]}
    several = text_of(chief.client.post(reverse("admin:articles_article_changelist"), chosen))

    assert "下面 1 篇读者现在看得到" in one
    assert "下面 1 篇读者现在看得到" in several
    assert Article.objects.count() == 2


def test_editing_a_live_article_leaves_the_old_text_on_the_site(author, live, client):
    author.post(live, author.open(live), title="新标题", body="<p>新文。</p>")

    assert again(live).title == "旧标题"
    assert author.open(live)["title"] == ["新标题"]
    assert "旧文" in text_of(client.get(live.get_absolute_url()))


def test_sources_are_edited_with_the_text(author, chief, live):
    document = PolicyDocument.objects.first()
    rows = {"sources-TOTAL_FORMS": "1", "sources-0-document": str(document.pk), "sources-0-clause": "第三条"}
    author.post(live, author.open(live), **rows, **{"sources-0-order": "0"})
    assert not live.sources.exists()
    assert author.open(live)["sources-0-clause"] == ["第三条"]

    chief.post(live, chief.open(live), "_step_publish")

    assert live.sources.get().document == document


def test_the_same_source_twice_is_refused(author, live):
    document = str(PolicyDocument.objects.first().pk)
    rows = {"sources-TOTAL_FORMS": "2", "sources-0-document": document, "sources-1-document": document}
    page = author.post(live, author.open(live), **rows, **{"sources-0-order": "0", "sources-1-order": "1"})

    assert "重复" in text_of(page)


def test_a_schedule_needs_a_moment(chief, live):
    page = chief.post(live, chief.open(live), "_step_schedule", title="新")

    assert "排期要写明" in text_of(page)


def test_a_scheduled_edit_shows_when_the_clock_gets_there(author, chief, live):
    author.post(live, author.open(live), title="新标题")
    moment = timezone.localtime() + timedelta(days=2)
    when = {"when_0": f"{moment:%Y-%m-%d}", "when_1": f"{moment:%H:%M}"}
    chief.post(live, chief.open(live), "_step_schedule", **when)

    assert again(live).edit_status == "scheduled"
    run_due(moment)
    assert again(live).title == "新标题"


def test_an_unknown_figure_is_refused_with_a_sentence(author, live):
    page = author.post(live, author.open(live), body="<p>〔职工门诊起付线·火星·在职〕</p>")

    assert "没有叫“火星”的地区" in text_of(page)


def test_a_picture_without_words_is_refused(author, live):
    page = author.post(live, author.open(live), body='<figure><img src="/media/a.webp"></figure><p>文</p>')

    assert "替代文字" in text_of(page)


def test_an_author_may_not_change_what_another_wrote(staff, live, client):
    client.force_login(staff("编辑", username="other"))
    url = reverse("admin:articles_article_change", args=[live.pk])

    assert "_continue" not in text_of(client.get(url))
    assert client.post(url, {"title": "夺"}).status_code == 403


def test_the_second_to_save_sees_both_texts_and_saves_nothing_yet(author, chief, live):
    mine, theirs = author.open(live), chief.open(live)
    chief.post(live, theirs, body="<p>主编改过的文字。</p>")
    page = author.post(live, mine, title="作者的标题", body="<p>作者改过的文字。</p>")

    shown = text_of(page)
    assert "别人保存过这篇文章" in shown
    assert "主编" in shown
    assert "作者的标题" in shown
    assert steps.newest(live).content["body"] == "<p>主编改过的文字。</p>"


def test_saving_again_after_a_conflict_wins_and_the_other_text_stays_in_the_history(author, chief, live):
    mine = author.open(live)
    chief.post(live, chief.open(live), body="<p>主编改过的文字。</p>")
    shown = author.post(live, mine, body="<p>作者改过的文字。</p>")
    author.post(live, mine | {"base": shown.context["adminform"].form["base"].value()}, body="<p>作者改过的文字。</p>")

    assert steps.newest(live).content["body"] == "<p>作者改过的文字。</p>"
    assert live.versions.filter(content__body="<p>主编改过的文字。</p>").exists()


def test_what_i_did_not_touch_is_taken_from_the_other_text(author, chief, live):
    mine = author.open(live)
    chief.post(live, chief.open(live), tags="北京、起付线")
    page = author.post(live, mine, title="作者的标题")
    form = page.context["adminform"].form

    assert form["tags"].value() == "北京、起付线"
    assert form["title"].value() == "作者的标题"
    assert "标签" in page.context["conflict"].taken_over


def test_the_form_shows_what_the_style_asks_for_and_saves_all_the_same(author, category):
    article = author.write(category, body="<p>太短！</p>")
    page = text_of(author.client.get(author.url(article)))

    assert "正文 3 字，应在 600 到 1500 字之间。" in page
    assert "不用感叹号。" in page
    assert "编辑规范" not in text_of(author.client.get(author.url(None)))
