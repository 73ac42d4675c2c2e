"""The site as granian's own processes run it: one whose manager was killed must not go on serving from its port."""

from yibao_site.processes.supervisor import end_without_parent
from yibao_site.wsgi import application

end_without_parent()

__all__ = ["application"]
