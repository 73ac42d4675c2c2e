"""Checks of the site settings: records, telephone, colour, verification codes and the script address, both sides of each rule."""

import pytest
from django.core.exceptions import ValidationError

from yibao_site.site_settings import checks

ACCEPTED = [
    ("icp_record", "京ICP备2021012345号-1", "京ICP备2021012345号-1"),
    ("icp_record", " 粤icp备１２３４５６７８号 ", "粤ICP备12345678号"),
    ("police_record", "京公网安备 11010502030123号", "京公网安备11010502030123号"),
    ("police_record", "闽公网安备35030302900035", "闽公网安备35030302900035号"),
    ("hotline", "12393", "12393"),
    ("hotline", "010-89152345 转 8", "010-89152345 转 8"),
    ("accent", "0A5C55", "#0a5c55"),
    ("accent", "#036", "#003366"),
    ("baidu", "codeva-AbC123xyz", "codeva-AbC123xyz"),
    ("sogou", '<meta name="sogou_site_verification" content="HRQwGCTzs7"/>', "HRQwGCTzs7"),
    ("analytics_script", "https://hm.baidu.com/hm.js?0123abcd", "https://hm.baidu.com/hm.js?0123abcd"),
    ("analytics_script", "https://stats.example.org:8443/script.js", "https://stats.example.org:8443/script.js"),
    ("name", " 江城\n医保  通 ", "江城 医保 通"),
]
REFUSED = [
    ("icp_record", "ICP备2021012345号"),
    ("icp_record", "京ICP备202101234号"),
    ("icp_record", "京ICP证030173号"),
    ("icp_record", "京ICP备2021012345号-1<b>"),
    ("police_record", "京公网安备1101050203012号"),
    ("police_record", "京公网安备31010502030123号"),
    ("hotline", "打给我"),
    ("hotline", "12"),
    ("accent", "green"),
    ("accent", "#12345"),
    ("accent", "#ffcc00"),
    ("accent", "#0a5c55;}body{display:none"),
    ("google", "<script>"),
    ("google", "a b c d e f"),
    ("analytics_script", "http://hm.baidu.com/hm.js"),
    ("analytics_script", "https://hm.baidu.com"),
    ("analytics_script", "https://*.baidu.com/hm.js"),
    ("analytics_script", "https://user@hm.baidu.com/hm.js"),
    ("analytics_script", "https://hm.baidu.com; script-src */x.js"),
    ("analytics_script", 'https://hm.baidu.com/hm.js"onerror="x'),
    ("analytics_script", "https://[::1/x.js"),
    ("analytics_script", "javascript:alert(1)"),
]


@pytest.mark.parametrize(("name", "typed", "stored"), ACCEPTED)
def test_what_is_typed_for_the_site_settings_is_stored_in_its_plain_form(name, typed, stored):
    assert checks.CHECKS[name](typed) == stored


@pytest.mark.parametrize(("name", "typed"), REFUSED)
def test_a_wrong_entry_of_the_site_settings_is_refused_in_chinese(name, typed):
    with pytest.raises(ValidationError) as refusal:
        checks.CHECKS[name](typed)

    assert refusal.value.messages[0].endswith("。")


def test_every_province_has_a_code_of_two_digits():
    assert len(checks.PROVINCES) == 35  # 31 provinces, four of them with two short names
    assert set(checks.PROVINCES.values()) >= {"11", "42", "44", "65"}
