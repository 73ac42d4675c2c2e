"""No secret is in the repository: neither a file that holds one nor a line that looks like one."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abp]-[A-Za-z0-9-]{20,}|\bsk-[A-Za-z0-9]{32,}"
    r"|(?i:password|secret|token|key)[\"']?\s*[:=]\s*[\"'][A-Za-z0-9+/_\-]{24,}[\"']"
    r"|://[^/\s:@{}]+:[^/\s:@{}$]{8,}@"
)
FILES = re.compile(r"(^|/)(\.env|secret\.txt|password\.txt|id_rsa|.*\.(pem|key|p12|sqlite3))$")
PLACEHOLDERS = ("user:password@",)


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return [name for name in listed.stdout.split("\0") if name]


def test_no_tracked_file_is_one_that_holds_secrets():
    assert [name for name in tracked() if FILES.search(name)] == []


def test_no_line_looks_like_a_secret():
    found = []
    for name in tracked():
        path = ROOT / name
        if name.startswith("requirements") or not path.is_file() or path.stat().st_size > 1_000_000:
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{name}: {match[0]}" for match in SECRET.finditer(text) if not match[0].endswith(PLACEHOLDERS)]

    assert found == []


def test_the_pattern_knows_a_secret():
    made_up = "a1B2" * 8

    assert SECRET.search(f'SECRET_KEY = "{made_up}"')
    assert SECRET.search(f"postgresql://site:{made_up}@db/site")
    assert not SECRET.search("password = secrets.token_urlsafe(12)")
