"""Gauges of what an operator or editor lets slip, queried at each scrape: backups, values past review, dead sources."""

from django.conf import settings
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily

from calculators.models import Finding, PolicyValue
from yibao_site import VERSION
from yibao_site.backup.schedule import last_times
from yibao_site.replica.position import replica_lag


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
        if settings.DATABASE_REPLICA_URL:
            lag = replica_lag()
            yield gauge("yibao_replica_up", "Whether the read replica answers and replays", int(lag is not None))
            yield gauge("yibao_replica_lag_bytes", "Log that the read replica has yet to replay", lag)


def age(name, explanation, since, now):
    return gauge(name, explanation, None if since is None else max(0, (now - since).total_seconds()))


def gauge(name, explanation, value):
    """Without a sample where the value is None."""
    family = GaugeMetricFamily(name, explanation)
    if value is not None:
        family.add_metric([], value)
    return family
