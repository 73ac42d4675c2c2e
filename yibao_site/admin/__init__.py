"""Model admins of the project itself: users and groups, the audit trail, the background queue, the site settings."""

from yibao_site.admin import (  # noqa: F401 - each registers its pages
    audit_trail,
    background_task,
    people,
    site_settings,
)
