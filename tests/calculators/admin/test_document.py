import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from calculators.models import PolicyDocument, PolicyValue
from yibao_site.admin_site import worklist

pytestmark = pytest.mark.django_db
LIST = "/admin/calculators/policydocument/"
PROPOSED = {
    "title": "示例：关于门诊报销的通知",
    "number": "示医保发〔2026〕7号",
    "issuer": "",
    "issued": "2026-03",
    "url": "",
    "note": "",
}


@pytest.mark.parametrize(
    "words", ["京医保发〔2099〕12号", "京医保发[2099]12号", "京医保发 2099 12", "门诊待遇 通知 2099"]
)
def test_a_document_is_found_by_its_number_however_written_and_by_words_of_its_title(client, manager, words):
    document = PolicyDocument.objects.create(
        slug="example", title="示例：关于调整门诊待遇的通知", number="京医保发〔2099〕12号", grade="K"
    )

    assert document in client.get(LIST, {"q": words}).context["cl"].result_list
    assert document not in client.get(LIST, {"q": "京医保发〔2099〕13号"}).context["cl"].result_list


def waiting(user):
    return {entry.title for entry in worklist.entries(user, timezone.now()) if entry.count}


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def proposal(client, author):
    client.force_login(author)
    assert client.post(f"{LIST}add/", PROPOSED).status_code == 302
    return PolicyDocument.objects.get(title=PROPOSED["title"])


def test_an_author_proposes_a_document_and_decides_neither_its_grade_nor_its_address(client, author):
    client.force_login(author)
    shown = client.get(f"{LIST}add/").context["adminform"].form.fields
    client.post(f"{LIST}add/", PROPOSED | {"grade": "A", "slug": "mine", "is_proposal": ""})

    document = PolicyDocument.objects.get(title=PROPOSED["title"])
    assert {"grade", "slug", "is_proposal", "clause_text"}.isdisjoint(shown)
    assert (document.is_proposal, document.grade) == (True, "K")
    assert document.slug.startswith("shi-yi-bao-fa")


def test_two_proposals_of_one_number_have_two_addresses(client, proposal):
    client.post(f"{LIST}add/", PROPOSED | {"title": "示例：另一份"})

    assert PolicyDocument.objects.get(title="示例：另一份").slug == f"{proposal.slug}-2"


def test_an_author_corrects_a_proposal_but_no_accepted_document(client, proposal):
    page = f"{LIST}{proposal.pk}/change/"
    assert client.post(page, PROPOSED | {"issuer": "示例市医疗保障局"}).status_code == 302
    PolicyDocument.objects.update(is_proposal=False)

    assert client.post(page, PROPOSED | {"issuer": "别的机关"}).status_code == 403
    assert PolicyDocument.objects.get(pk=proposal.pk).issuer == "示例市医疗保障局"


def test_a_policy_manager_accepts_a_proposal_and_readers_see_it_from_then_on(client, proposal, manager):
    assert client.get(proposal.get_absolute_url()).status_code == 404
    client.force_login(manager)
    answers = PROPOSED | {"slug": proposal.slug, "grade": "B", "clause_text": ""}
    assert client.post(f"{LIST}{proposal.pk}/change/", answers).status_code == 302

    assert client.get(proposal.get_absolute_url()).status_code == 200


def test_no_sitemap_and_no_search_for_links_names_a_proposal(client, proposal):
    sitemap = client.get("/sitemap-documents.xml").content.decode()
    found = client.get("/admin/articles/article/links/", {"q": "示例"}).content.decode()

    assert "document" in sitemap
    assert proposal.slug not in sitemap + found


def test_no_figure_rests_on_a_proposal(client, proposal, manager):
    value = PolicyValue.objects.select_related("parameter", "area").first()
    value.document = proposal

    with pytest.raises(ValidationError, match="等采用"):
        value.full_clean()


def test_a_proposal_waits_in_the_worklist_of_policy_managers_until_it_is_accepted(proposal, author, manager):
    assert "来源等采用" in waiting(manager)
    assert "来源等采用" not in waiting(author)

    proposal.is_proposal = False
    proposal.save()
    assert "来源等采用" not in waiting(manager)


def test_a_document_without_an_address_gets_one_of_its_number(client, manager):
    answers = PROPOSED | {"slug": "", "grade": "B", "clause_text": ""}
    assert client.post(f"{LIST}add/", answers).status_code == 302

    assert PolicyDocument.objects.get(title=PROPOSED["title"]).slug.startswith("shi-yi-bao-fa")


def test_an_author_reads_the_grade_of_an_accepted_document_and_its_history(client, proposal):
    PolicyDocument.objects.update(is_proposal=False)
    page = client.get(f"{LIST}{proposal.pk}/change/").content.decode()
    version = proposal.history.first()

    assert "K 已知文件" in page
    assert client.get(f"{LIST}{proposal.pk}/history/{version.history_id}/").status_code == 200
