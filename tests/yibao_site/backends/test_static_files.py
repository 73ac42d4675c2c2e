"""Storage of the collected static files: which are compressed, and when again."""

import gzip

import pytest

from yibao_site.backends.static_files import MinifiedStaticFilesStorage

SHEET = b".a{color:red}" * 40


@pytest.fixture
def storage(tmp_path):
    return MinifiedStaticFilesStorage(location=tmp_path, base_url="/static/")


@pytest.fixture
def sheet(storage, tmp_path):
    path = tmp_path / "site" / "a.css"
    path.parent.mkdir()
    path.write_bytes(SHEET)
    assert len(list(storage.compress_files(["site/a.css"]))) == 2
    return path


def gzipped(path):
    return path.with_name(f"{path.name}.gz")


def test_a_file_whose_compressed_copies_hold_its_bytes_is_not_compressed_again(storage, sheet):
    assert list(storage.compress_files(["site/a.css"])) == []
    assert gzip.decompress(gzipped(sheet).read_bytes()) == SHEET


@pytest.mark.parametrize("keep", [0, 10, -4], ids=["nothing of it", "its head", "all but its end"])
def test_a_compressed_copy_that_a_kill_left_half_written_is_written_again(storage, sheet, keep):
    gzipped(sheet).write_bytes(gzipped(sheet).read_bytes()[:keep])

    assert len(list(storage.compress_files(["site/a.css"]))) == 2
    assert gzip.decompress(gzipped(sheet).read_bytes()) == SHEET


def test_a_file_that_changed_is_compressed_again(storage, sheet):
    sheet.write_bytes(SHEET.replace(b"red", b"tan"))

    assert len(list(storage.compress_files(["site/a.css"]))) == 2
    assert gzip.decompress(gzipped(sheet).read_bytes()) == SHEET.replace(b"red", b"tan")


def test_a_file_of_a_package_is_compressed_under_its_hashed_name_only(storage, tmp_path):
    (tmp_path / "admin").mkdir()
    for name in ("base.css", "base.123.css"):
        (tmp_path / "admin" / name).write_bytes(SHEET)
    storage.hashed_files = {"admin/base.css": "admin/base.123.css"}

    compressed = storage.compress_files(["admin/base.css", "admin/base.123.css"])
    assert {path for path, _ in compressed} == {"admin/base.123.css"}
