"""Background tasks of articles. Their dotted paths stand in queued rows and stay as they are."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from articles import pictures, related
from articles.pages import social_cards
from articles.search import index, zero_results
from articles.workflow import example_check
from articles.workflow.scheduling import run_due
from calculators.tasks import URGENT_QUEUE

TURN_SECONDS = 20  # seconds one task may keep the others waiting
LEFT_ALONE = timedelta(days=1)  # a younger file may belong to a row that is not stored yet


@task(queue_name=URGENT_QUEUE)
def tick() -> int:
    """Take every step of the workflow that has fallen due; returns how many there were."""
    return len(run_due())


@task()
def close_answered_searches() -> int:
    """Close the searches without results for which there is something to find by now; returns how many."""
    return zero_results.close_answered(timezone.now())


@task()
def write_stale_rows() -> int:
    """Write the search rows that are missing, of an older version, or with figures of yesterday; returns how many."""
    index.outdate_begun(timezone.localdate())
    return index.write_stale()


@task()
def check_examples() -> int:
    """Try the worked examples of all articles; returns how many have no result."""
    return example_check.check_examples(timezone.localdate())


@task()
def draw_cards() -> int:
    """Draw the cards of passed-on links that are missing, some at a time; returns how many."""
    count = social_cards.draw_missing()
    if count == social_cards.AT_ONCE:
        draw_cards.enqueue()
    return count


@task()
def redraw_lost_cards() -> int:
    """Draw the cards anew whose files are gone; returns how many were lost."""
    lost = social_cards.forget_lost()
    if lost:
        social_cards.draw_missing()
    return lost


@task()
def drop_orphan_files() -> int:
    """Delete files of pictures and cards that have belonged to nothing for a day; returns how many."""
    latest = timezone.now() - LEFT_ALONE
    names = [*pictures.orphan_files(), *social_cards.orphans()]
    orphans = [name for name in names if default_storage.get_modified_time(name) < latest]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


@task()
def list_for_draft(content: dict, category: str, pk: int | None) -> list:
    """What a draft would have beside it: keys and reasons, best first. Stores nothing."""
    return related.list_for_draft(content, category, pk)


@task()
def refresh_related() -> int:
    """Compute the related lists that are due, for a while; what is left then waits its turn again. Returns how many are left."""
    if not related.work(seconds=TURN_SECONDS):
        refresh_related.enqueue()
    return related.pending()
