"""What makes pages small: templates without indentation, style sheets without comments."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Engine

from yibao_site.backends.static_files import OWN_SHEETS, minify, with_imports

SHEETS = [*Path(settings.BASE_DIR, "yibao_site/static/site").glob("*.css")]


@pytest.mark.parametrize(
    ("sheet", "shorter"),
    [
        ("/* a list */\na:hover,\nb { margin: calc(1px + 2px) 0; }", "a:hover,b{margin:calc(1px + 2px) 0}"),
        ('p::before { content: "a;  {b}: c"; }', 'p::before{content:"a;  {b}: c"}'),
        ("@media (min-width: 48rem) {\n  .a :is(b, i) > p { color: red; }\n}", None),
    ],
    ids=["comments and white space", "a string stays", "words that stand apart stay apart"],
)
def test_a_minified_style_sheet_says_the_same(sheet, shorter):
    assert minify(sheet) == (shorter or "@media (min-width:48rem){.a :is(b,i) > p{color:red}}")


@pytest.mark.parametrize("path", SHEETS, ids=[path.name for path in SHEETS])
def test_minifying_a_style_sheet_loses_no_rule(path):
    sheet = path.read_text(encoding="utf-8")

    assert OWN_SHEETS.fullmatch(f"site/{path.name}")
    assert minify(minify(sheet)) == minify(sheet)
    assert minify(sheet).count("{") == sheet.count("{")
    assert "/*" not in minify(sheet)


@pytest.mark.parametrize("name", ["site/browse.css", "calculators/calculator.css"])
def test_a_style_sheet_is_collected_with_what_it_imports(name):
    sheet = with_imports(Path(finders.find(name)).read_text(encoding="utf-8"), name)

    assert "@import" not in sheet
    assert ".options label" in sheet
    assert with_imports(".a { color: red; }", name) == ".a { color: red; }"


def test_templates_of_the_site_are_loaded_without_indentation(tmp_path):
    (tmp_path / "list.html").write_text("<ul>\n\n    <li>一  二</li>\n  </ul>\n", encoding="utf-8")
    engine = Engine([str(tmp_path)], loaders=["yibao_site.backends.template_loader.CompactTemplateLoader"])

    assert engine.get_template("list.html").render(Context()) == "<ul>\n<li>一  二</li>\n</ul>\n"


def test_a_line_of_a_template_that_writes_nothing_leaves_no_empty_line(tmp_path):
    (tmp_path / "_row.html").write_text("<i>b</i>\n", encoding="utf-8")
    lines = [
        "<b>a</b>",
        "{% if row %}",
        '  {% include "_row.html" %}',
        "{% endif %}",
        "<b>c</b> {% if row %}",
        "d",
        "{% endif %}",
    ]
    (tmp_path / "list.html").write_text("\n".join(lines) + "\n", encoding="utf-8")
    engine = Engine([str(tmp_path)], loaders=["yibao_site.backends.template_loader.CompactTemplateLoader"])
    written = engine.get_template("list.html")

    assert written.render(Context({"row": True})) == "<b>a</b>\n<i>b</i>\n<b>c</b> \nd\n\n"
    assert written.render(Context({"row": False})) == "<b>a</b>\n<b>c</b> \n"
