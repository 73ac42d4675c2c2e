"""Passwords: common ones are refused, and their list is not kept in memory."""

import gc

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError


def test_a_common_password_is_refused_in_chinese_and_another_is_not():
    with pytest.raises(ValidationError, match="常见"):
        validate_password("password1234")
    validate_password("yijia-liukou-dou-canbao")
    assert any("常" in text for text in password_validators_help_texts())


def test_a_checked_password_leaves_no_list_of_common_passwords_in_memory():
    password_validators_help_texts()
    validate_password("yijia-liukou-dou-canbao")
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, set) and "qwertyuiop" in one]
