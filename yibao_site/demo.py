"""Demo content of an empty site: the shipped policy values, calculators, glossary, synonyms and articles."""

from articles.import_export.demo import load_demo_articles, load_demo_glossary, load_demo_synonyms
from calculators.library.loading import load_calculators, load_values


def load_demo() -> dict[str, int]:
    """Load each kind of content where none of it exists yet; returns how many rows of each were stored."""
    return {
        "政策数值": load_values(),
        "计算器": load_calculators(),
        "名词解释": load_demo_glossary(),
        "搜索同义词": load_demo_synonyms(),
        "文章": load_demo_articles(),
    }
