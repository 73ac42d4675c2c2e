"""Context processor of the site identity: `site` in every template that is rendered for a request."""

from django.utils.functional import SimpleLazyObject

from calculators.common.site_identity import site_identity
from yibao_site.middleware import is_counted


def site(request):
    """`is_counted` says whether the page may load the script that counts visits."""
    return {"site": SimpleLazyObject(site_identity), "is_counted": is_counted(request)}
