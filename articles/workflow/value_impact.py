"""Impact of a change of policy values on articles: those that cite the figure, and public ones that have the old one typed by hand.

An article cites a row by a reference that the row answers, or could answer by inheritance. A figure typed by
hand is looked for where the article is about the row's area: the area is its own, or is named in it.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.figures.examples import definition_of
from articles.figures.grammar import REFERENCE, UnreadableReference, find, is_example
from articles.figures.references import parse, read_with
from articles.models import Article
from articles.text import plain_text
from articles.workflow.example_check import START_OF_EXAMPLE
from calculators.models import Finding, PoolingArea
from calculators.models.dimension import vocabulary
from calculators.models.finding import subject_key
from calculators.policies.inheritance import may_use
from calculators.publishing.impact import EDITED_RESOLUTION, AffectedObject, ValueChange
from calculators.values.conditions import matches, possible
from calculators.values.series import first_day
from calculators.values.spellings import normalised, typed_pattern
from calculators.values.types import spell_day


def touched_articles(changes: Sequence[ValueChange]) -> Iterable[AffectedObject]:
    """What calculators.publishing.impact asks for. Four queries, whatever the number of changes."""
    yield from citing(changes)
    yield from typed_by_hand(changes)


def close_findings(sender, changes, **kwargs) -> None:
    """Listens to articles_changed: editing an article deals with what was found about it."""
    if edited := [article for pk, article in changes.articles.items() if pk in changes.saved - changes.created]:
        Finding.objects.about(*edited).close(EDITED_RESOLUTION)


def citing(changes: Sequence[ValueChange]) -> Iterable[AffectedObject]:
    """Articles, public or not, with a reference that one of the rows answers, or a worked example that reads one."""
    names = {name for change in changes for name in (change.new.parameter.name, change.new.parameter.code)}
    mentioned = Q(body__contains=START_OF_EXAMPLE) | Q(summary__contains=START_OF_EXAMPLE)
    for name in names:
        for start in (f"〔{name}·", f"〔表·{name}·"):
            mentioned |= Q(body__contains=start) | Q(summary__contains=start)
    words = vocabulary()
    areas = {area.short_name: area for area in PoolingArea.objects.with_ancestors()}
    for article in Article.objects.filter(mentioned).exclude(status=Article.Status.ARCHIVED):
        for text in find(f"{article.summary}{article.body}"):
            if change := _answering(text, changes, words, areas):
                sentence = f"引用的〔{text}〕{_how_it_changes(change)}，请看上下文是否还通。"
                yield _entry(Finding.Kind.FIGURE_CHANGED, article, sentence)
                break


def _how_it_changes(change):
    """A new row begins on a day; a stored one was put right."""
    if change.old is not None and change.old.pk == change.new.pk:
        return "的数改了"
    return f"{spell_day(change.new.effective_from)}起变了" if change.new.effective_from else "有了新的数"


def _computing_with(placed, changes):
    """The first change whose row the example's calculator may read."""
    definition = None if isinstance(placed, UnreadableReference) else definition_of(placed)
    for change in changes if definition else ():
        row = change.new
        named = {row.parameter.name, row.parameter.code} & definition.reads
        begun = placed.on is None or first_day(row) <= placed.on
        if named and begun and row.area in placed.area.chain() and may_use(row, placed.area.code):
            return change
    return None


def _answering(text, changes, words, areas):
    """The first change whose row the reference could show."""
    if is_example(text):
        return _computing_with(read_with([text], words, areas.values())[text], changes)
    try:
        reference = parse(text, words)
    except UnreadableReference:
        return None
    area = areas.get(reference.area)
    for change in changes:
        row = change.new
        named = reference.parameter in {row.parameter.name, row.parameter.code}
        reaches = area and row.area in area.chain() and may_use(row, area.code)
        begun = reference.on is None or first_day(row) <= reference.on
        meets = possible if reference.is_table else matches
        if named and reaches and begun and meets(row.conditions, reference.dimensions):
            return change
    return None


def typed_by_hand(changes: Sequence[ValueChange]) -> Iterable[AffectedObject]:
    """Public articles in whose words an old figure stands, in any usual spelling."""
    sought = [(change.old, pattern) for change in changes if change.old and (pattern := _pattern(change))]
    if not sought:
        return
    for article in Article.objects.published(timezone.now()).select_related("area"):
        text = normalised(REFERENCE.sub("", f"{article.title}\n{article.summary}\n{plain_text(article.body)}"))
        for old, pattern in sought:
            if _is_about(article, text, old.area) and (typed := pattern.search(text)):
                around = text[max(typed.start() - 12, 0) : typed.end() + 12].strip()
                sentence = f"写着“…{around}…”，像是手写的{old.parameter}旧数，请改成引用。"
                yield _entry(Finding.Kind.OLD_FIGURE, article, sentence)
                break


def _pattern(change):
    return None if change.goes_on else typed_pattern(change.old.value, change.old.unit)


def _is_about(article, text, area):
    return area.is_nation or article.area_id == area.pk or area.short_name in text


def _entry(kind, article, sentence):
    link = reverse("admin:articles_article_change", args=[article.pk])
    return AffectedObject(kind, article.title, subject_key(article), sentence, link)
