"""Patterns match whole: digits of other scripts, or a line break at the end, make an address that no page stands at."""

import unicodedata

import django.core.validators
from django.db import migrations, models

COLUMNS = [("PoolingArea", "code"), ("Dimension", "code"), ("PolicyDocument", "issued"), ("Question", "code"), ("Output", "code")]


def tidy(apps, schema_editor):
    for name, column in COLUMNS:
        rows = apps.get_model("calculators", name).objects
        for pk, text in list(rows.values_list("pk", column)):
            tidied = unicodedata.normalize("NFKC", text).strip()
            taken = name not in {"PolicyDocument", "Question", "Output"} and rows.filter(**{column: tidied}).exists()
            if tidied != text and not taken:
                rows.filter(pk=pk).update(**{column: tidied})


class Migration(migrations.Migration):

    dependencies = [
        ('calculators', '0006_values_of_unknown_successor'),
    ]

    operations = [
        migrations.RunPython(tidy, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='dimension',
            name='code',
            field=models.CharField(max_length=30, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]*\\Z', '只能用小写字母、数字和下划线，以字母开头。')], verbose_name='代码'),
        ),
        migrations.AlterField(
            model_name='historicalpolicydocument',
            name='issued',
            field=models.CharField(blank=True, help_text='可以只写到年或月，如 2022-12。', max_length=10, validators=[django.core.validators.RegexValidator('\\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\\Z', '请写成 2023、2023-02 或 2023-02-15。')], verbose_name='发布日期'),
        ),
        migrations.AlterField(
            model_name='output',
            name='code',
            field=models.CharField(help_text='接口里的名字，如 fund_pay。', max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]*\\Z', '只能用小写字母、数字和下划线，以字母开头。')], verbose_name='代码'),
        ),
        migrations.AlterField(
            model_name='policydocument',
            name='issued',
            field=models.CharField(blank=True, help_text='可以只写到年或月，如 2022-12。', max_length=10, validators=[django.core.validators.RegexValidator('\\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\\Z', '请写成 2023、2023-02 或 2023-02-15。')], verbose_name='发布日期'),
        ),
        migrations.AlterField(
            model_name='poolingarea',
            name='code',
            field=models.CharField(help_text='六位行政区划代码（GB/T 2260），全国为 CN。它出现在网址里，定了就不要改。', max_length=6, unique=True, validators=[django.core.validators.RegexValidator('\\A(CN|[0-9]{6})\\Z', '请填写六位行政区划代码（GB/T 2260），全国填 CN。')], verbose_name='代码'),
        ),
        migrations.AlterField(
            model_name='question',
            name='code',
            field=models.CharField(help_text='出现在网址和接口里，如 wage。', max_length=40, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9_]*\\Z', '只能用小写字母、数字和下划线，以字母开头。')], verbose_name='代码'),
        ),
    ]
