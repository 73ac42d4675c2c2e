import pytest
from taggit.models import Tag

from articles.import_export.importer import import_article
from articles.models import Article, Category, Correction, GlossaryTerm, TagPage
from calculators.models import PoolingArea
from calculators.publishing.gate import publish
from tests.calculators.factories import DEDUCTIBLE, stored


@pytest.fixture
def site(admin_user):
    """One article with all there is around it, and a calculator."""
    category = Category.objects.create(name="门诊", slug="menzhen")
    text = '+++\ntitle = "北京起付线"\nslug = "a"\ncategory = "门诊"\ntags = ["北京"]\nsources = ["bj_op_2023"]\n+++\n\n〔职工门诊起付线·北京·在职〕\n'
    article = import_article(text)
    Article.objects.update(
        status="published", published_at="2026-01-01T00:00Z", area=PoolingArea.objects.get(code="110000")
    )
    calculator = stored(DEDUCTIBLE)
    publish(calculator, by=None)
    article.refresh_from_db()
    article.calculators.add(calculator)
    Correction.objects.create(article=article, text="改正", day="2026-01-02")
    GlossaryTerm.objects.create(term="起付线", explanation="报销从哪里开始算。", slug="a")
    TagPage.objects.get_or_create(tag=Tag.objects.get())
    return category
