"""Tags that look alike become one: names in half-width letters, without invisible characters. What led to a tag leads on."""

from django.db import migrations

from calculators.common.names import canonical_name, identity


def rename(apps, schema_editor):
    Tag = apps.get_model("taggit", "Tag")
    kept = {identity(tag.name): tag for tag in Tag.objects.order_by("-pk") if canonical_name(tag.name) == tag.name}
    for tag in Tag.objects.order_by("pk"):
        name = canonical_name(tag.name)
        if name in ("", tag.name):
            continue
        twin = kept.setdefault(identity(name), tag)
        articles = list(_items(apps).filter(tag=tag).values_list("object_id", flat=True))
        if twin.pk == tag.pk:
            Tag.objects.filter(pk=tag.pk).update(name=name)
        else:
            _merge(apps, tag, twin)
        _refresh(apps, articles)
    Synonym = apps.get_model("articles", "TagSynonym")
    for synonym in Synonym.objects.all():
        name = canonical_name(synonym.name)[:30]
        if name != synonym.name and not Synonym.objects.filter(name=name).exists():
            Synonym.objects.filter(pk=synonym.pk).update(name=name)


def _items(apps):
    kind = {"content_type__app_label": "articles", "content_type__model": "article"}
    return apps.get_model("taggit", "TaggedItem").objects.filter(**kind)


def _merge(apps, tag, twin):
    items = _items(apps).filter(tag=tag)
    both = _items(apps).filter(tag=twin, object_id__in=items.values("object_id"))
    items.filter(object_id__in=list(both.values_list("object_id", flat=True))).delete()
    items.update(tag=twin)
    for model in ("TagSynonym", "OldAddress"):
        apps.get_model("articles", model).objects.filter(tag=tag).update(tag=twin)
    pages = apps.get_model("articles", "TagPage").objects
    if not pages.filter(tag=twin).exists():
        pages.filter(tag=tag).update(tag=twin)
    if tag.slug:
        path = f"/tags/{tag.slug}/"
        apps.get_model("articles", "OldAddress").objects.update_or_create(path=path, defaults={"tag": twin})
    apps.get_model("taggit", "Tag").objects.filter(pk=tag.pk).delete()


def _refresh(apps, articles):
    """The names of tags stand in three more places."""
    for pk in articles:
        names = _items(apps).filter(object_id=pk).order_by("pk").values_list("tag__name", flat=True)
        apps.get_model("articles", "Article").objects.filter(pk=pk).update(tags_text="、".join(names))
    apps.get_model("articles", "ArticlePage").objects.filter(article__in=articles).update(parts=None)
    apps.get_model("articles", "SearchRow").objects.filter(article__in=articles).update(version=0)


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_no_empty_slugs")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
