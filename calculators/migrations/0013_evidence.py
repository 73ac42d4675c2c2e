"""Evidence in three states: 据转述 and 征求意见稿 beside 已核实 and 待核实, the day of the second reading, quoted clauses."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calculators', '0012_place_wishes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalpolicydocument',
            name='clause_text',
            field=models.TextField(blank=True, db_default='', help_text='规定的原文条文，带条款号，显示在这份文件的页面上。只摘录规定本身，不摘录别人的文章。', verbose_name='条文摘录'),
        ),
        migrations.AddField(
            model_name='historicalpolicyvalue',
            name='confirmed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='核对日期'),
        ),
        migrations.AddField(
            model_name='policydocument',
            name='clause_text',
            field=models.TextField(blank=True, db_default='', help_text='规定的原文条文，带条款号，显示在这份文件的页面上。只摘录规定本身，不摘录别人的文章。', verbose_name='条文摘录'),
        ),
        migrations.AddField(
            model_name='policyvalue',
            name='confirmed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='核对日期'),
        ),
        migrations.AlterField(
            model_name='historicalparameter',
            name='bound',
            field=models.CharField(blank=True, choices=[('', '不是上下限'), ('upper', '全国数值是上限'), ('lower', '全国数值是下限'), ('guide', '全国数值只供估算')], help_text='全国数值只是上限或下限时选，页面会写明“按国家上限/下限估算”。', max_length=5, verbose_name='上下限'),
        ),
        migrations.AlterField(
            model_name='historicalpolicyvalue',
            name='status',
            field=models.CharField(choices=[('confirmed', '已核实'), ('restated', '据转述'), ('recalled', '待核实'), ('draft', '征求意见稿')], default='recalled', help_text='“已核实”要有官方原文、链接和条款，并由两个人各读一遍；征求意见稿不参加计算。', max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='parameter',
            name='bound',
            field=models.CharField(blank=True, choices=[('', '不是上下限'), ('upper', '全国数值是上限'), ('lower', '全国数值是下限'), ('guide', '全国数值只供估算')], help_text='全国数值只是上限或下限时选，页面会写明“按国家上限/下限估算”。', max_length=5, verbose_name='上下限'),
        ),
        migrations.AlterField(
            model_name='policyvalue',
            name='status',
            field=models.CharField(choices=[('confirmed', '已核实'), ('restated', '据转述'), ('recalled', '待核实'), ('draft', '征求意见稿')], default='recalled', help_text='“已核实”要有官方原文、链接和条款，并由两个人各读一遍；征求意见稿不参加计算。', max_length=10, verbose_name='状态'),
        ),
    ]
