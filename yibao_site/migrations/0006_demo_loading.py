"""Table of the demo content that was loaded, so that what was deleted of it stays away."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("yibao_site", "0005_live_words_of_chief_editors")]
    operations = [
        migrations.CreateModel(
            name="DemoLoading",
            fields=[
                ("kind", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="内容")),
                ("loaded_at", models.DateTimeField(db_default=Now(), verbose_name="载入时间")),
            ],
            options={"verbose_name": "载入过的示范内容", "verbose_name_plural": "载入过的示范内容"},
        ),
    ]
