from django.db import migrations, models

from tests.reliability.next_release.migrations import LAST


class Migration(migrations.Migration):
    dependencies = [("articles", LAST)]
    operations = [
        migrations.AddField("article", "listened", models.PositiveIntegerField(null=True)),
        migrations.CreateModel(
            "Listener",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=20)),
                ("article", models.ForeignKey("articles.article", models.CASCADE)),
            ],
        ),
    ]
