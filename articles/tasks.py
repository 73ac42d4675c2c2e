from django_tasks import task

from articles.timetable import run_due


@task()
def tick() -> int:
    """Take every step of the workflow that has fallen due; returns how many there were."""
    return len(run_due())
