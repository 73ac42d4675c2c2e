"""Review of policy values: how long before its review day, or its end, a value is on the worklist as due."""

from datetime import timedelta

EXPIRING_WITHIN = timedelta(days=60)
