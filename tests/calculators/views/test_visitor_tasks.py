"""The tasks of the home page: each leads somewhere, for whoever came."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category
from calculators.models import Calculator
from calculators.preferences import VisitorChoice
from calculators.views.visitor_tasks import TASKS, visitor_tasks

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


def test_every_task_has_a_drawing(client, outpatient):
    drawings = re.findall(
        r'<svg class="icon"[^>]*aria-hidden="true"[^>]*>(.*?)</svg>', client.get("/").content.decode()
    )

    assert all(drawings)
    assert len(set(drawings)) == len(TASKS)
