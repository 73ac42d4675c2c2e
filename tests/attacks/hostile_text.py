"""What attackers write: scripts in text, addresses that lead inside, paths that lead out."""

from html.parser import HTMLParser

from tests.articles.test_rich_text import ATTACKS

SHORT = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover=alert(1) x="',
    "' autofocus onfocus=alert(1) '",
    "</title><script>alert(1)</script>",
    "</textarea><svg/onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "{{7*7}}{% debug %}",
    "${alert(1)}`",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u2028alert(1)\u2029",
    "＜script＞alert(1)＜/script＞",
]
RICH = list(ATTACKS.values())

INSIDE = [
    *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0"),
    *("0.0.0.0", "10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "2852039166"),  # noqa: S104
    *("100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "localhost", "LOCALHOST", "localhost."),
    *("[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a00:1]"),
    *("[::ffff:0:127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[2002:7f00:1::]", "[2002:a00:1::1]"),
    *("[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2001::7f00:1]", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1"),
]
NAMES_OF_INSIDE = [
    *("127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1", "fe80::1%1"),
    *("64:ff9b::a00:1", "0.0.0.0", "100.64.0.1"),  # noqa: S104
]

ELSEWHERE = [
    *(
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
    ),
    *("/\\/evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example", "javascript:alert(1)"),
    *(
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/%09/evil.example",
    ),
    *(
        "//evil.example\\@testserver/",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "/%5cevil.example",
    ),
    *("/\r\nLocation: https://evil.example/", "//evil。example", "/.evil.example/..//evil.example"),
]

OUTSIDE = [
    *("../manage.py", "../../etc/passwd", "..%2fmanage.py", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/manage.py"),
    *(
        "%2e%2e%2fmanage.py",
        "..%252fmanage.py",
        "....//manage.py",
        "..\\manage.py",
        "..%5cmanage.py",
        "%c0%ae%c0%ae/manage.py",
    ),
    *("/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "pictures/../../secret.txt", "pictures/..%2f..%2fsecret.txt"),
    *("secret.txt", "db.sqlite3", "secret.txt%00.webp", "pictures/%00", "~/secret.txt", "file:///etc/passwd"),
]


LEADING = {"href", "src", "srcset", "action", "formaction", "data", "poster", "xlink:href"}


class Live(HTMLParser):
    """Collects what of a page would run: our own pages hold no handler, no javascript: and no script with alert(1)."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag if tag in {"script", "style"} else ""
        if tag in {"iframe", "object", "embed", "base", "applet"}:
            self.found.append(tag)
        for name, value in attrs:
            told = "".join((value or "").split()).lower()
            leads = name in LEADING and told.startswith(("javascript:", "data:text"))
            if name.startswith("on") or leads or "alert(1)" in name:
                self.found.append((tag, name, value))

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside and "alert(1)" in data and not data.lstrip().startswith("{"):  # JSON-LD is no code
            self.found.append((self.inside, data[:60]))


def live_in(html):
    page = Live()
    page.feed(html)
    page.close()
    return page.found
