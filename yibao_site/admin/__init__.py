"""Model admins of the project itself: users and groups, the audit trail, the background queue."""

from yibao_site.admin import audit_trail, background_task, people  # noqa: F401 - each registers its pages
