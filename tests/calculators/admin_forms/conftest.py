import pytest


@pytest.fixture
def manager(client, staff):
    """A policy manager, logged in."""
    user = staff("政策管理员", username="manager")
    client.force_login(user)
    return user
