from django.db import models

from articles.models import Article

Article.add_to_class("listened", models.PositiveIntegerField(null=True))


class Listener(models.Model):
    article = models.ForeignKey(Article, models.CASCADE)
    name = models.CharField(max_length=20)

    class Meta:
        app_label = "articles"

    def __str__(self):
        return self.name
