"""What an empty site starts with: the shipped policy values, calculators, glossary and articles."""

from articles.import_export.demo import load_demo_articles, load_demo_glossary
from calculators.library.loading import load_calculators, load_values


def load_demo() -> dict[str, int]:
    """Fill what is empty and leave everything else alone; returns how much was stored of each."""
    return {
        "政策数值": load_values(),
        "计算器": load_calculators(),
        "名词解释": load_demo_glossary(),
        "文章": load_demo_articles(),
    }
