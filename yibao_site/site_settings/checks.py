"""Checks of the site settings: each takes what was typed and returns what is stored, or raises ValidationError in Chinese."""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from calculators.colours import HEX_COLOUR, contrast_problem

# The provinces by their short names in records, each with the first two digits of its area codes (GB/T 2260).
CODES = "京11津12冀13晋14蒙15辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41鄂42湘43粤44桂45琼46渝50川51蜀51贵52黔52云53滇53藏54陕61甘62陇62青63宁64新65"
PROVINCES: dict[str, str] = dict(re.findall(r"(\D)(\d\d)", CODES))
SHORT_NAMES = "".join(PROVINCES)
ICP_RECORD = re.compile(rf"[{SHORT_NAMES}]ICP备\d{{8}}(\d{{2}})?号(-\d{{1,4}})?")
POLICE_RECORD = re.compile(rf"([{SHORT_NAMES}])公网安备(\d{{14}})号?")
HOTLINE = re.compile(r"\+?\d[\d-]{2,19}( ?转 ?\d{1,6})?")
CONTENT_OF_A_TAG = re.compile(r"""content\s*=\s*["']([^"']*)["']""")
VERIFICATION_CODE = re.compile(r"[A-Za-z0-9_-]{6,100}")
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
SAFE_ADDRESS = re.compile(r"[A-Za-z0-9/._~!$&()*+=:@%?-]*")


def folded(typed: str) -> str:
    """Full width as half width, without spaces and the Chinese quotation marks copied along."""
    return re.sub(r"[\s“”\"']", "", unicodedata.normalize("NFKC", typed))


def icp_record(typed: str) -> str:
    """京ICP备12345678号-1: of the subject, or of one site of it; eight digits or, since 2020, ten that begin with the year."""
    written = re.sub("icp", "ICP", folded(typed), flags=re.IGNORECASE)
    if not ICP_RECORD.fullmatch(written):
        raise ValidationError(
            "备案号写成“京ICP备2021012345号-1”这样：省份简称、ICP备、8 位或 10 位数字、号，后面可以有 -1。"
        )
    return written


def police_record(typed: str) -> str:
    """京公网安备11010502030123号: fourteen digits that begin with the code of the place."""
    match = POLICE_RECORD.fullmatch(folded(typed))
    if not match:
        raise ValidationError("公安备案号写成“京公网安备11010502030123号”这样：省份简称、公网安备、14 位数字、号。")
    province, digits = match.groups()
    if not digits.startswith(PROVINCES[province]):
        raise ValidationError(
            f"“{province}”的备案号应以 {PROVINCES[province]} 开头，这个以 {digits[:2]} 开头：核对一下省份简称和数字。"
        )
    return f"{province}公网安备{digits}号"


def hotline(typed: str) -> str:
    written = unicodedata.normalize("NFKC", typed).strip()
    if not HOTLINE.fullmatch(written):
        raise ValidationError("电话号码只写数字和短横，如 12393、010-89152345、010-89152345 转 8。")
    return written


def accent(typed: str) -> str:
    """#0a5c55, also typed as 0A5C55 or #abc."""
    written = "#" + folded(typed).lower().removeprefix("#")
    if re.fullmatch("#[0-9a-f]{3}", written):
        written = "#" + "".join(2 * letter for letter in written[1:])
    if not HEX_COLOUR.fullmatch(written):
        raise ValidationError("颜色写成 # 加六位十六进制数，如 #0a5c55。")
    if problem := contrast_problem(written):
        raise ValidationError(problem)
    return written


def verification_code(typed: str) -> str:
    """The code alone, or the whole <meta> element that the search engine shows."""
    element = CONTENT_OF_A_TAG.search(typed)
    written = element[1].strip() if element else typed.strip()
    if not VERIFICATION_CODE.fullmatch(written):
        raise ValidationError("只填验证码本身（字母、数字、横线），或把搜索引擎给的整个 <meta> 标签粘进来。")
    return written


def analytics_script(typed: str) -> str:
    """An https address: its host is let into the Content-Security-Policy, so nothing else may stand in it."""
    written = typed.strip()
    try:
        address = urlsplit(written)
        host, port = address.hostname or "", address.port
    except ValueError:
        host, port, address = "", None, urlsplit("")
    is_plain = address.netloc == (host if port is None else f"{host}:{port}") and not address.fragment
    if address.scheme != "https" or not HOST.fullmatch(host) or not is_plain or len(address.path) < 2:
        raise ValidationError(
            "写完整的 https 网址，如 https://hm.baidu.com/hm.js?…；不能带账号、通配符或 # 后面的部分。"
        )
    if not SAFE_ADDRESS.fullmatch(f"{address.path}?{address.query}"):
        raise ValidationError("网址里有不该有的字符：从统计网站给的代码里只复制 src 引号中的网址。")
    return written


def line(typed: str) -> str:
    return " ".join(typed.split())


VERIFICATION_NAMES = {
    "baidu": "baidu-site-verification",
    "google": "google-site-verification",
    "bing": "msvalidate.01",
    "qihoo": "360-site-verification",
    "sogou": "sogou_site_verification",
}
CHECKS: dict[str, Callable[[str], str]] = {
    "name": line,
    "slogan": line,
    "organiser": line,
    "hotline_name": line,
    "hotline": hotline,
    "footer_text": line,
    "icp_record": icp_record,
    "police_record": police_record,
    "accent": accent,
    "analytics_script": analytics_script,
} | dict.fromkeys(VERIFICATION_NAMES, verification_code)
