"""Glossary terms: the words of 名词解释 and what they mean, marked in every article that uses them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from articles.text import split_words, unused_slug
from calculators.common.names import identity

MAX_WORD_LENGTH = 20
MIN_WORD_LENGTH = 2  # one character stands in too many other words
MIN_EXPLANATION_LENGTH = 10
MARKUP = re.compile(r"</?[a-z!]|&#?\w+;", re.IGNORECASE)
NOT_IN_A_WORD = re.compile(r"[<>&\"'〔〕]|^\W+$")


class GlossaryTerm(models.Model):
    """One explanation, and the words it is for: `term` and those of `also`. A word has one explanation."""

    term = models.CharField("名词", max_length=MAX_WORD_LENGTH, unique=True)
    also = models.CharField(
        "其他说法", max_length=100, blank=True, help_text="同一个意思的其他词，用顿号隔开，如 起付标准、起付额。"
    )
    explanation = models.TextField(
        "解释",
        max_length=200,
        validators=[MinLengthValidator(MIN_EXPLANATION_LENGTH, "解释太短：写一两句完整的话。")],
        help_text="一两句白话，纯文字。读者在文章里点这个词时看到，也列在“名词解释”页。",
    )
    slug = models.SlugField(
        "网址名",
        max_length=60,
        unique=True,
        blank=True,
        help_text="名词解释页上这个词的位置，如 /glossary/#deductible。留空则由拼音生成。",
    )
    order = models.PositiveSmallIntegerField("顺序", blank=True, help_text="在名词解释页上的先后，留空排在最后。")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "名词解释"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.term

    def save(self, *args, **kwargs):
        self.slug = self.slug or unused_slug(self, self.term, "term")
        if self.order is None:
            last = GlossaryTerm.objects.aggregate(order=models.Max("order"))["order"]
            self.order = 0 if last is None else last + 1
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return f"{reverse('articles:glossary')}#{self.slug}"

    @property
    def words(self) -> tuple[str, ...]:
        return (self.term, *split_words(self.also))

    def clean(self):
        self.also = "、".join(split_words(self.also))
        words = {"term": [self.term], "also": split_words(self.also)}
        errors = {name: list(_problems(texts)) for name, texts in words.items()}
        errors["explanation"] = list(_problems_of_text(self.explanation))
        for name, texts in words.items():
            errors[name] += self._explained_already(texts)
        if identity(self.term) in map(identity, words["also"]):
            errors["also"].append(f"“{self.term}”就是名词本身，不用再写。")
        if any(errors.values()):
            raise ValidationError({name: said for name, said in errors.items() if said})

    def overlaps(self) -> list[tuple[str, str]]:
        """Words of this term that are part of another's word, or have another's in them: (the part, the longer word)."""
        pairs = [(mine, word) for other in self._others() for word in other.words for mine in self.words]
        pairs = [tuple(sorted(pair, key=len)) for pair in pairs]
        return [(part, whole) for part, whole in pairs if part in whole]

    def _explained_already(self, words):
        taken = {identity(word): other.term for other in self._others() for word in other.words}
        return [
            f"“{word}”已经在“{taken[identity(word)]}”那一条里：一个词只有一个解释。"
            for word in words
            if identity(word) in taken
        ]

    def _others(self):
        return GlossaryTerm.objects.exclude(pk=self.pk)


def _problems(words):
    """What is wrong with these words, in sentences."""
    for word in words:
        if NOT_IN_A_WORD.search(word):
            yield f"“{word}”不能用：名词是纯文字，不能有引号、〔〕、<、> 和 &。"
        elif len(word) < MIN_WORD_LENGTH:
            yield f"“{word}”只有一个字，会标到别的词里：至少写两个字。"
        elif len(word) > MAX_WORD_LENGTH:
            yield f"“{word}”太长：最多 {MAX_WORD_LENGTH} 个字。"


def _problems_of_text(text):
    if MARKUP.search(text):
        yield "解释是纯文字，不能用 HTML 标记。"
    if "〔" in text or "〕" in text:
        yield "解释里不能引用数值〔…〕：数值随地区和日期变，写在文章里。"
