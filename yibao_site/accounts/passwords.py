"""Password validator: Django's list of 20,000 common passwords, in memory only while a password is checked."""

from django.contrib.auth.password_validation import CommonPasswordValidator


class UnkeptCommonPasswordValidator:
    """As Django's, which keeps the list in every server process that ever showed a password form (2 MB)."""

    get_help_text = CommonPasswordValidator.get_help_text

    def validate(self, password: str, user=None) -> None:
        """Raise ValidationError where the password is on the list."""
        CommonPasswordValidator().validate(password, user)
