import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from tests.calculators.admin.value_tables import HEADERS, VALUES


@pytest.fixture
def manager(client, staff):
    """A policy manager, logged in."""
    user = staff("政策管理员", username="manager")
    client.force_login(user)
    return user


@pytest.fixture
def deductible():
    return Parameter.objects.get(name="职工门诊起付线")


@pytest.fixture
def beijing():
    return PoolingArea.objects.get(code="110000")


@pytest.fixture
def cell():
    """What an editor fills in for one value: cell(parameter, written="1900", effective_from="2027-01-01")."""

    def make(parameter, **changes):
        answers = {
            "area": PoolingArea.objects.get(code="110000").pk,
            "written": "1900",
            "unit": parameter.unit,
            "effective_from": "2027-01-01",
            "seen_on": "",
            "document": PolicyDocument.objects.get(slug="bj_op_2023").pk,
            "clause": "",
            "review_by": "",
            "note": "",
            "change_reason": "试验",
            "impact_shown": "1",
        }
        return answers | changes

    return make


@pytest.fixture
def newest():
    """The value entered last."""
    return lambda: PolicyValue.objects.latest("pk")


@pytest.fixture
def upload(client, manager):
    """Upload rows as a CSV for the dry run; the page that answers."""

    def send(*rows, name="年度.csv"):
        content = "\n".join([HEADERS, *rows]).encode()
        return client.post(f"{VALUES}import/", {"file": SimpleUploadedFile(name, content)})

    return send
