import pytest


@pytest.fixture
def manager(client, staff):
    """A policy manager, logged in."""
    user = staff("政策管理员", username="manager")
    client.force_login(user)
    return user


@pytest.fixture
def colleague(staff):
    """Another policy manager, not logged in."""
    return staff("政策管理员", username="colleague")
