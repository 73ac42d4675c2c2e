"""What the site itself shows the office: the people, what they did, and the background queue."""

from yibao_site.admin import audit_trail, background_task, people  # noqa: F401 - each registers its pages
