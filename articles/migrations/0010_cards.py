from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_semantic_vectors'),
    ]

    operations = [
        migrations.AddField(
            model_name='articlepage',
            name='card',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='链接图'),
        ),
    ]
