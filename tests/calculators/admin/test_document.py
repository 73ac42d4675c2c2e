import pytest

from calculators.models import PolicyDocument

pytestmark = pytest.mark.django_db
LIST = "/admin/calculators/policydocument/"


@pytest.mark.parametrize(
    "words", ["京医保发〔2099〕12号", "京医保发[2099]12号", "京医保发 2099 12", "门诊待遇 通知 2099"]
)
def test_a_document_is_found_by_its_number_however_written_and_by_words_of_its_title(client, manager, words):
    document = PolicyDocument.objects.create(
        slug="example", title="示例：关于调整门诊待遇的通知", number="京医保发〔2099〕12号", grade="K"
    )

    assert document in client.get(LIST, {"q": words}).context["cl"].result_list
    assert document not in client.get(LIST, {"q": "京医保发〔2099〕13号"}).context["cl"].result_list
