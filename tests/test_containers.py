"""The container files: linted, and in step with the code. No container is started here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS_FILES = [ROOT / "yibao_site/settings.py", *(ROOT / "yibao_site/environment").glob("*.py")]
SETTINGS = (ROOT / "yibao_site/settings.py").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
DEPLOY, QUICKSTART = ROOT / "yibao_site/deploy", ROOT / "yibao_site/management/commands/quickstart.py"
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
    names = set(re.findall(r"^    ([A-Z_]+):", block, re.MULTILINE)) - {"HOST"}  # which the command reads

    assert len(names) > 5
    assert {name for name in names if not re.search(rf"\b{name}\b", SETTINGS)} == set()


def test_the_file_of_settings_has_every_setting_and_no_other():
    code = "".join(path.read_text(encoding="utf-8") for path in [*SETTINGS_FILES, QUICKSTART])
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code)) | {"WORKERS"}  # which the server's command line takes
    read |= {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}  # which the library of the bucket reads
    offered = re.findall(r"^#?([A-Z_]+)=\S*$", (DEPLOY / "site.env").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(offered) == sorted(read)


def test_the_unit_pleases_systemd_but_for_what_this_machine_lacks():
    if not (verify := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not here")
    command = [verify, "verify", "--man=no", DEPLOY / "yibao.service"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "yibao.service" in line]

    assert [line for line in told if "is not executable: No such file" not in line] == []


@pytest.mark.parametrize("secret", ["SECRET_KEY", "POSTGRES_PASSWORD", "SITE_NAME"])
def test_compose_starts_nothing_without_its_secrets(secret):
    assert f"${{{secret}:?" in COMPOSE


def test_the_image_holds_every_package_of_the_site_and_runs_as_nobody_special():
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert {line.split()[1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")} >= apps | {"templates"}
    assert re.search(r"^USER \d+$", DOCKERFILE, re.MULTILINE)


def test_of_all_containers_only_the_front_is_reached_from_outside():
    services = re.split(r"^  (\w+):\n", COMPOSE.split("services:\n")[1].split("\nnetworks:")[0], flags=re.MULTILINE)[1:]

    assert [name for name, text in zip(services[::2], services[1::2], strict=True) if "ports:" in text] == ["front"]


def test_the_site_trusts_exactly_the_network_of_its_containers():
    assert re.findall(r"(?:TRUSTED_PROXIES|subnet): (\S+)", COMPOSE) == ["172.31.255.0/24"] * 2
