"""Release: another one with other code or another template, the same otherwise."""

import pytest

from articles.renditions.release import release


@pytest.fixture
def computed(tmp_path, settings):
    settings.TEMPLATES = [{"DIRS": [tmp_path]}]
    yield release.__wrapped__
    release.cache_clear()


def test_another_template_or_sheet_is_another_release(computed, tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    found = [computed()]
    assert computed() == found[0]
    (tmp_path / "base.html").write_text("{{ title }}")
    found.append(computed())
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    found.append(computed())

    assert len(set(found)) == 3
