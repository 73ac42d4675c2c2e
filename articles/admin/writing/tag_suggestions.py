"""Suggestions for the tag field: tags that are there, with how many articles bear them, and which typed ones are new."""

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import JsonResponse
from django.views.decorators.http import require_GET
from taggit.models import Tag

from articles.models import Synonym, meant
from articles.text import split_tags
from calculators.common.names import canonical_name, identity

MAX_SUGGESTIONS = 8
MAX_TYPED = 30


@require_GET
def suggest_tags(request):
    """`word` is the tag at the caret, `names` the whole field."""
    names = split_tags(request.GET.get("names", ""))[:MAX_TYPED]
    word = canonical_name(request.GET.get("word", ""))
    return JsonResponse({"suggestions": suggestions(word, names) if word else [], "typed": typed(names)})


def suggestions(word: str, names: list[str]) -> list[dict]:
    """Tags whose name or synonym contains a word, those that begin with it first, then those most used."""
    synonyms = {
        meaning: said for said, meaning in Synonym.objects.filter(word__icontains=word).values_list("word", "meaning")
    }
    matching = Q(name__icontains=word) | Q(name__in=list(synonyms))
    begins = Case(When(name__istartswith=word, then=Value(0)), default=Value(1), output_field=IntegerField())
    others = [name for name in names if identity(name) != identity(word)]
    found = _counted(Tag.objects.filter(matching).exclude(name__in=others)).annotate(begins=begins)
    found = found.order_by("begins", "-uses", "name")[:MAX_SUGGESTIONS]
    return [{"name": tag.name, "count": tag.uses, "synonym": _synonym(tag, word, synonyms)} for tag in found]


def typed(names: list[str]) -> list[dict]:
    """What becomes of each name when it is saved: the tag it means, how many articles bear it, or that it is new."""
    wanted = meant(names)
    stored = {identity(tag.name): tag for tag in _counted(Tag.objects.filter(_any_of(wanted)))} if wanted else {}
    return [_typed(name, stored.get(identity(tag))) for name, tag in zip(names, wanted, strict=True)]


def _any_of(names):
    condition = Q()
    for name in names:
        condition |= Q(name__iexact=name)
    return condition


def _typed(name, tag):
    if tag is None:
        return {"name": name, "is_new": True, "count": 0, "meant": ""}
    return {"name": name, "is_new": False, "count": tag.uses, "meant": "" if tag.name == name else tag.name}


def _counted(tags):
    return tags.annotate(uses=Count("taggit_taggeditem_items", distinct=True))


def _synonym(tag, word, synonyms):
    """The synonym by which a tag was found, where its own name does not tell."""
    return "" if word.lower() in tag.name.lower() else synonyms.get(tag.name, "")
