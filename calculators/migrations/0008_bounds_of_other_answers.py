"""Bounds may be formulas over earlier answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calculators', '0007_whole_patterns'),
    ]

    operations = [
        migrations.AlterField(
            model_name='question',
            name='maximum',
            field=models.CharField(blank=True, help_text='日期可以写“今日”“明年今日”；由前面的回答决定的，写 = 和公式，如“= 累计月数”“= 加月(最后缴费月, 12)”。', max_length=60, verbose_name='最大'),
        ),
        migrations.AlterField(
            model_name='question',
            name='minimum',
            field=models.CharField(blank=True, max_length=60, verbose_name='最小'),
        ),
    ]
