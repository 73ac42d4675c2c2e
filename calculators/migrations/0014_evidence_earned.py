"""Figures keep 已核实 where an official text with link and clause was read by two people; the others say what they rest on."""

from django.db import migrations
from django.db.models import Q


def tell_apart(apps, schema_editor):
    value_model = apps.get_model("calculators", "PolicyValue")
    readings = apps.get_model("calculators", "SecondReading").objects.filter(agrees=True).order_by("at")
    read_on = {reading.value_id: reading.at.date() for reading in readings}
    confirmed = value_model.objects.filter(status="confirmed")
    earned = confirmed.filter(document__grade="A", pk__in=read_on).exclude(Q(clause="") | Q(document__url=""))
    rows = list(earned)
    for row in rows:
        row.confirmed_on = read_on[row.pk]
    value_model.objects.bulk_update(rows, ["confirmed_on"], batch_size=500)
    unearned = value_model.objects.filter(status="confirmed", confirmed_on__isnull=True)
    unearned.filter(document__grade="B").update(status="restated")
    unearned.filter(status="confirmed").update(status="recalled", confirmed_by=None)
    value_model.objects.exclude(status="draft").filter(kind="value", document__title__contains="征求意见稿").update(
        status="draft", confirmed_on=None
    )


def forget(apps, schema_editor):
    values = apps.get_model("calculators", "PolicyValue").objects
    values.filter(status="restated").update(status="confirmed")
    values.filter(status="draft").update(status="recalled")


class Migration(migrations.Migration):

    dependencies = [("calculators", "0013_evidence")]

    operations = [migrations.RunPython(tell_apart, forget)]
