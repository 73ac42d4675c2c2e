"""The tasks of the home page: each leads somewhere, for whoever came."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category
from calculators.models import Calculator
from calculators.preferences import VisitorChoice
from calculators.views.chosen_calculators import marked_calculators
from calculators.views.visitor_tasks import TASKS, visitor_tasks
from tests.calculators.factories import library_live

pytestmark = pytest.mark.django_db


def test_without_calculators_every_task_is_a_search(client):
    category = Category.objects.create(name="门诊", slug="menzhen")
    Article.objects.create(
        title="起付线", slug="one", category=category, status="published", published_at=timezone.now()
    )

    page = client.get("/").content.decode()
    tasks = re.findall(r'<li><a href="([^"]*)"[^>]*><svg class="icon"', page)

    assert len(tasks) == len(TASKS)
    assert all(address.startswith(reverse("articles:search")) for address in tasks)


def test_an_empty_site_has_no_tasks(client):
    assert '<svg class="icon"' not in client.get("/").content.decode()


def test_a_task_leads_to_its_calculator(client, outpatient):
    assert visitor_tasks(Calculator.objects.live(), VisitorChoice())[0].calculator.code == "employee_outpatient"
    assert '<a href="/calculators/employee_outpatient/"><svg' in client.get("/").content.decode()


def test_a_calculator_that_is_not_for_the_identity_gives_way_to_a_search(outpatient):
    task = visitor_tasks(Calculator.objects.live(), VisitorChoice.of("110000", "resident"))[0]

    assert task.calculator is None
    assert task.question == "居民门诊能报多少"


def test_tasks_of_a_resident_lead_to_the_calculators_of_residents():
    library_live()
    choice, today = VisitorChoice.of("110000", "resident"), timezone.localdate()
    tasks = visitor_tasks(marked_calculators(Calculator.objects.live(), choice, today), choice)
    by_name = {task.name: task.calculator and task.calculator.code for task in tasks}

    assert by_name["看门诊报多少"] == "resident_outpatient"
    assert by_name["职工还是居民"] == "scheme_comparison"


@pytest.mark.parametrize(
    ("person", "question"), [("resident", "居民断缴了怎么办"), ("", "断缴了怎么办")], ids=["居民", "nobody"]
)
def test_a_search_names_the_identity_only_where_the_answer_depends_on_it(person, question):
    questions = [task.question for task in visitor_tasks([], VisitorChoice.of("110000", person))]

    assert question in questions
    assert {"个人账户能给谁用", "职工医保和居民医保哪个划算"} <= set(questions)


def test_every_task_has_a_drawing(client, outpatient):
    drawings = re.findall(
        r'<svg class="icon"[^>]*aria-hidden="true"[^>]*>(.*?)</svg>', client.get("/").content.decode()
    )

    assert all(drawings)
    assert len(set(drawings)) == len(TASKS)
