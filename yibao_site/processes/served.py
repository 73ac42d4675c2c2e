"""WSGI application for granian's worker processes, which end when their manager is killed instead of occupying its port."""

from yibao_site.processes.supervisor import end_without_parent
from yibao_site.wsgi import application

end_without_parent()

__all__ = ["application"]
