"""The README promises no more than there is."""

import re
from pathlib import Path

from calculators.library.loading import LIBRARY_FOLDER

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_path_in_the_layout_exists():
    layout = README.split("## Where things are")[1].split("##")[0]
    app, missing = None, []
    for line in layout.splitlines():
        named = re.match(r"^ {4}( {4})?(?P<paths>\S+(?: \S+(?=[ /]|$))*?)\s{2,}", line)
        if named is None:
            continue
        app = app if named[1] else named["paths"].rstrip("/")
        folder = ROOT / app if named[1] else ROOT
        missing += [path for path in named["paths"].split() if not (folder / path).exists()]

    assert missing == []


def test_each_of_its_languages_is_read_in_one_sitting():
    assert [language for language in README.split("\n---\n") if len(language.splitlines()) > 200] == []


def test_every_file_that_a_readme_names_exists():
    missing = []
    for readme in [ROOT / "README.md", *sorted(ROOT.glob("*/README.md"))]:
        below = ROOT if readme.parent == ROOT else readme.parent
        text = readme.read_text(encoding="utf-8").split("## Where things are")[0 if readme.parent != ROOT else 1]
        named = re.findall(r"`([\w./]+(?:\.(?:py|md|toml|csv|conf|yaml|txt)|/))`", text)
        missing += [
            f"{readme.parent.name}: {path}"
            for path in named
            if not any((base / path).exists() for base in (ROOT, below))
        ]

    assert missing == []


def test_every_make_target_it_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [
        target
        for target in re.findall(r"(?:`|^ {4})make ([a-z-]+)", README, re.MULTILINE)
        if f"\n{target}:" not in makefile
    ] == []


def test_every_shipped_calculator_is_listed():
    shipped = {path.stem for path in (LIBRARY_FOLDER / "calculators").glob("*.toml")}

    assert {code for code in shipped if f"`{code}`" not in README} == set()


def test_every_picture_it_shows_is_there():
    pictures = re.findall(r'<img src="([^"]+)"', README)

    assert len(pictures) == 3
    assert [path for path in pictures if not (ROOT / path).exists()] == []


def test_every_section_and_file_it_links_to_exists():
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {f"#{heading.lower().replace(' ', '-')}" for heading in headings}
    links = re.findall(r"\]\(([^)]+)\)", README)

    assert links
    assert [link for link in links if link not in anchors and not (ROOT / link).exists()] == []
