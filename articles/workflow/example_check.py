"""Worked examples in articles, tried again whenever a calculator or a value changes: one that has no result is a finding."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.urls import reverse

from articles.figures.grammar import EXAMPLE, find, is_example
from articles.figures.references import Read, read
from articles.figures.resolving import resolve
from articles.models import Article
from calculators.models import Calculator, Finding, PolicyValue
from calculators.models.finding import subject_key

START_OF_EXAMPLE = f"〔{EXAMPLE}·"
COMPUTED_RESOLUTION = "算例又算得出来了"
MAX_KEY_CHARACTERS = 100


def connect(enqueue: Callable[[], object]) -> None:
    """`enqueue` is called after a transaction in which a calculator or a value changed, if any article has an example."""

    def changed(sender, raw=False, **kwargs):
        if not raw:
            transaction.on_commit(lambda: articles_with_examples().exists() and enqueue(), robust=True)

    for model in (Calculator, PolicyValue):
        post_save.connect(changed, sender=model, weak=False)
        post_delete.connect(changed, sender=model, weak=False)


def articles_with_examples():
    """Articles, public or not, with a worked example in them."""
    some = Article.objects.filter(Q(body__contains=START_OF_EXAMPLE) | Q(summary__contains=START_OF_EXAMPLE))
    return some.exclude(status=Article.Status.ARCHIVED)


def examples_in_articles() -> Iterator[tuple[Article, dict[str, Read]]]:
    """Each article with its examples as they are read."""
    articles = list(articles_with_examples())
    texts = {article: [*filter(is_example, find(article.summary + article.body))] for article in articles}
    found = read({text for own in texts.values() for text in own})
    yield from ((article, {text: found[text] for text in own}) for article, own in texts.items())


def check_examples(on: date) -> int:
    """Open a finding about each example without a result, close those of examples that have one again; returns how many fail."""
    articles = list(examples_in_articles())
    read_before = {text: one for _, examples in articles for text, one in examples.items()}
    answers = resolve(read_before, on, read_before)
    failing = [(article, text) for article, examples in articles for text in examples if is_failed(answers[text])]
    for article, text in failing:
        Finding.objects.report(
            kind=Finding.Kind.EXAMPLE_FAILS,
            subject_key=subject_key(article),
            cause_key=_cause(text),
            subject=article.title[:200],
            sentence=f"{answers[text]}请改算例，或者补上数值。",
            link=reverse("admin:articles_article_change", args=[article.pk]),
        )
    known = Q(pk__in=[])
    for article, text in failing:
        known |= Q(subject_key=subject_key(article), cause_key=_cause(text))
    Finding.objects.of_kind(Finding.Kind.EXAMPLE_FAILS).exclude(known).close(COMPUTED_RESOLUTION)
    return len(failing)


def is_failed(answer) -> bool:
    return isinstance(answer, Exception)


def _cause(text):
    return f"example:{text}"[:MAX_KEY_CHARACTERS]
