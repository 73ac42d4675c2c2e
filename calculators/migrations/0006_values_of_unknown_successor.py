"""此后未收录: a row that says from which day on the standard is not recorded; shipped rows that said 停止执行 for it are told apart."""

from django.db import migrations, models
from django.db.models import Q

REMARK = "后续标准未收录"
REPLACED = ("bj_pa_2022", "gz_ben_old")  # by rows of another parameter, or for other people
KIND = {
    "choices": [("value", "数值"), ("unlimited", "不设限额"), ("ended", "停止执行"), ("unknown", "此后未收录")],
    "default": "value",
    "help_text": "“停止执行”表示自首日起不再有这个数值，也没有接替它的数值；“此后未收录”表示后来的标准还没有查到。",
    "max_length": 10,
    "verbose_name": "类型",
}


def tell_apart(apps, schema_editor):
    values = apps.get_model("calculators", "PolicyValue").objects
    rows = values.filter(kind="ended", note__contains=REMARK).exclude(document__slug__in=REPLACED)
    rows.update(kind="unknown")


def say_ended(apps, schema_editor):
    apps.get_model("calculators", "PolicyValue").objects.filter(kind="unknown").update(kind="ended")


class Migration(migrations.Migration):

    dependencies = [("calculators", "0005_phrasing")]

    operations = [
        migrations.RemoveConstraint(model_name="policyvalue", name="an_end_has_a_day"),
        *(
            migrations.AlterField(model_name=model, name="kind", field=models.CharField(**KIND))
            for model in ("historicalpolicyvalue", "policyvalue")
        ),
        migrations.RunPython(tell_apart, say_ended),
        migrations.AddConstraint(
            model_name="policyvalue",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=("ended", "unknown")) | Q(effective_from__isnull=False),
                name="an_end_has_a_day",
                violation_error_message="停止执行和此后未收录必须写明首日。",
            ),
        ),
    ]
