from django.urls import reverse

from articles.workflow import steps


def url(name, article, *more):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def test_the_history_lists_versions_with_reason_and_steps(author, live):
    author.post(live, author.open(live), body="<p>新文。</p>", note="按新文件更新")
    page = author.client.get(url("history", live)).content.decode()

    assert "第 2 版" in page
    assert "按新文件更新" in page
    assert "发布" in page


def test_the_compare_page_marks_the_changed_number_only(author, live):
    author.post(live, author.open(live), body="<p>起付线是1800元，没有变。</p>")
    author.post(live, author.open(live), body="<p>起付线是1300元，没有变。</p>")
    page = author.client.get(url("compare", live), {"from": "2", "to": "3"}).content.decode()

    assert "<del>1800</del>" in page
    assert "<ins>1300</ins>" in page


def test_without_numbers_the_newest_is_compared_with_what_is_live(author, live):
    author.post(live, author.open(live), title="新标题")
    page = author.client.get(url("compare", live))

    assert [part.label for part in page.context["parts"]] == ["标题"]


def test_restoring_brings_text_and_tags_back_as_a_new_version_with_its_reason(author, live):
    author.post(live, author.open(live), title="新标题", tags="别的")
    author.client.post(url("restore", live, 1), {"reason": "改错了"})
    newest = steps.newest(live)

    assert (newest.number, newest.reason) == (3, "改错了")
    assert newest.content["title"] == "旧标题"
    assert newest.content["tags"] == ["门诊", "北京"]


def test_reading_is_not_restoring(author, live, staff, client):
    client.force_login(staff("政策管理员", username="reader"))

    assert client.get(url("compare", live)).status_code == 200
    assert client.post(url("restore", live, 1)).status_code == 403


def test_an_unknown_version_is_not_found(author, live):
    assert author.client.get(url("compare", live), {"from": "99"}).status_code == 404
    assert author.client.post(url("restore", live, 99)).status_code == 404


def test_the_figure_picker_finds_todays_value_with_its_source(author):
    answer = author.client.get(reverse("admin:articles_article_figures"), {"q": "职工门诊起付线 北京 在职"}).json()

    assert answer["figures"][0]["reference"] == "〔职工门诊起付线·北京·在职〕"
    assert "1,800 元" in answer["figures"][0]["value"]
    assert "起" in answer["figures"][0]["source"]
