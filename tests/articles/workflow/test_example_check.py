"""Worked examples in articles are tried again when a calculator or a value changes; a broken one is on the worklist."""

import pytest
from django.utils import timezone

from articles.models import Article
from articles.tasks import check_examples
from calculators.definition import from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, Finding, PolicyValue

pytestmark = pytest.mark.django_db
EXAMPLE = "<p>〔算例·职工门诊报销·北京·在职·社区·3000〕</p>"


@pytest.fixture
def outpatient():
    definition = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    live = {"live": to_dict(definition), "live_since": timezone.now()}
    return Calculator.objects.create(code=definition.code, name=definition.name, summary=definition.summary, **live)


def found():
    check_examples.call()
    return [(one.subject, one.sentence) for one in Finding.objects.open().of_kind("example_fails")]


def test_an_example_with_a_result_is_no_finding(publish, outpatient):
    publish(body=EXAMPLE)

    assert found() == []


def test_an_example_is_a_finding_when_its_calculator_goes_and_none_when_it_is_back(publish, outpatient):
    publish("门诊怎么报", body=EXAMPLE)
    live, outpatient.live = outpatient.live, None
    outpatient.save()
    ((subject, sentence),) = found()

    assert subject == "门诊怎么报"
    assert "没有叫“职工门诊报销”的计算器" in sentence
    outpatient.live = live
    outpatient.save()
    assert found() == []


def test_an_example_is_a_finding_when_a_value_it_reads_goes(publish, outpatient):
    publish(body=EXAMPLE)
    PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").delete()

    assert "没有生效的“职工门诊起付线”" in found()[0][1]


def test_a_broken_example_of_an_archived_article_is_nobodys_work(publish):
    publish(body=EXAMPLE, status=Article.Status.ARCHIVED)

    assert found() == []


def test_an_article_that_no_longer_has_the_example_closes_its_finding(publish):
    article = publish(body=EXAMPLE)
    assert len(found()) == 1
    article.body = "<p>改写了。</p>"
    article.save()

    assert not Finding.objects.open().of_kind("example_fails").exists()


def test_examples_are_tried_after_a_change_of_a_value(publish, outpatient, django_capture_on_commit_callbacks):
    publish(body=EXAMPLE)
    with django_capture_on_commit_callbacks(execute=True):
        PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").delete()

    assert Finding.objects.open().of_kind("example_fails").count() == 1
