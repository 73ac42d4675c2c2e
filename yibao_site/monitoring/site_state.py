"""Gauges of what an operator or editor lets slip, queried at each scrape: backups, values past review, dead sources."""

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

from calculators.models import Finding, PolicyValue
from yibao_site import VERSION
from yibao_site.backup.schedule import last_times


class SiteCollector:
    """Prometheus collector. What never happened has no sample, so alert rules ask for absence too."""

    def collect(self):
        now = timezone.now()
        yield InfoMetricFamily("yibao", "Version that answers", {"version": VERSION})
        made, tried = last_times()
        yield age("yibao_backup_age_seconds", "Age of the last backup", made, now)
        yield age("yibao_backup_trial_age_seconds", "Since a backup was tried by restoring it", tried, now)
        today = timezone.localdate(now)
        late = PolicyValue.objects.current(today).due_for_review(today).count()
        yield GaugeMetricFamily("yibao_values_past_review", "Values in force past their review day", value=late)
        gone = Finding.objects.open().filter(kind=Finding.Kind.SOURCE_GONE).count()
        yield GaugeMetricFamily("yibao_sources_gone", "Policy documents whose link is dead", value=gone)


def age(name, explanation, since, now):
    family = GaugeMetricFamily(name, explanation)
    if since is not None:
        family.add_metric([], max(0, (now - since).total_seconds()))
    return family
