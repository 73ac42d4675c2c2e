"""The container files: linted, and in step with the code. No container is started here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = (ROOT / "yibao_site/settings.py").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_dockerfile_pleases_its_linter():
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_compose_is_written_as_its_specification_says():
    schema = ["--builtin-schema", "vendor.compose-spec"]
    command = [sys.executable, "-m", "check_jsonschema", *schema, "compose.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


def test_every_variable_set_for_a_container_is_one_the_site_reads():
    block = re.search(r"environment: &environment\n((?:    .*\n)+)", COMPOSE)[1]
    names = re.findall(r"^    ([A-Z_]+):", block, re.MULTILINE)

    assert len(names) > 5
    assert [name for name in names if f'"{name}"' not in SETTINGS] == []


@pytest.mark.parametrize("secret", ["SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS"])
def test_compose_starts_nothing_without_its_secrets(secret):
    assert f"${{{secret}:?" in COMPOSE


def test_the_image_holds_every_package_of_the_site_and_runs_as_nobody_special():
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert {line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")} >= apps | {"templates"}
    assert re.search(r"^USER \d+$", DOCKERFILE, re.MULTILINE)


def test_compose_publishes_to_loopback_only():
    assert re.findall(r'- "([^"]*):8000"', COMPOSE) == ["127.0.0.1:8000"]
