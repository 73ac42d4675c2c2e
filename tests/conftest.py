"""Every test that touches the database finds the shipped policy values in it, loaded once."""

import pytest
from django.contrib.auth.models import Group, User

from calculators.library.loading import load_values


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_values()


@pytest.fixture
def staff(db):
    """Make a member of staff in these groups: staff("编辑")."""

    def make(*groups, username="staff", **fields):
        user = User.objects.create_user(username, password="a-long-password", is_staff=True, **fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return make
