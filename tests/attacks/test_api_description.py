"""Whatever fits the API's description, and whatever does not, gets an answer that the description tells of."""

import os
from collections import Counter
from functools import partial

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings as effort
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from articles.models import Article, Category
from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, MATERNITY, stored

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("API_EXAMPLES", "6"))  # of each kind for each address; the same ones in every run
KNOWN = {"area": "110000", "region": "110000", "code": "over_deductible", "bill": "5000", "on": "2026-03-01"}
KNOWN |= {"person_type": "in_service", "hospital_level": "community", "contribution_base": "12000", "leave_days": "98"}
KNOWN |= {"parameter": "employee.outpatient.deductible", "slug": "menzhen"}


@pytest.fixture
def operations(one_connection, settings):
    settings.API_PER_MINUTE = 1_000_000
    cache.clear()
    for definition in (MATERNITY, DEDUCTIBLE):
        publish(stored(definition), by=None)
    category = Category.objects.create(name="待遇", slug="daiyu")
    Article.objects.create(
        title="门诊", slug="menzhen", category=category, status="published", published_at=timezone.now()
    )
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return [found.ok() for found in schema.get_all_operations()]


def requests_for(operation):
    """Requests that fit; that name what there is; that do not fit; and that are right but for one of their answers."""
    fitting, wrong = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)
    yield fitting
    yield fitting.map(with_known_answers)
    if operation.query:  # an address without a query always fits
        yield wrong
    for each in operation.query:
        yield wrong.map(partial(with_known_answers, but=each.name))


def with_known_answers(case, but=""):
    operation, odd = case.operation, case.query.get(but)
    case.path_parameters = {each.name: KNOWN[each.name] for each in operation.path_parameters}
    case.query = {each.name: KNOWN[each.name] for each in operation.query if each.name in KNOWN}
    case.query |= {but: odd} if odd is not None else {}
    return case


def answers_to(requests):
    """The status of each answer. Any but those described fails, and so does a body of another shape."""
    statuses = Counter()

    @given(case=requests)
    @effort(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        # That an area or a code exists is more than a description can say, so 422 and 404 answer what fits it too.
        try:
            answer = case.call_and_validate(excluded_checks=[positive_data_acceptance, negative_data_rejection])
        except BaseException as error:
            error.add_note(f"The request: {case.as_curl_command()}")
            raise
        statuses[answer.status_code] += 1

    ask()
    return statuses


def test_no_request_gets_an_answer_the_description_does_not_tell_of(operations, tried):
    statuses = Counter()
    for operation in operations:
        for requests in requests_for(operation):
            statuses += answers_to(requests)

    assert statuses.keys() == {200, 404, 422}
    assert min(statuses.values()) > EXAMPLES
    tried(
        "schemathesis：按 API 的描述提问",
        f"{len(operations)} 个地址，{statuses.total()} 个请求",
        "都如描述所说，没有 500",
    )
