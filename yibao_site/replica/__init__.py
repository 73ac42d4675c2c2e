"""Read replica: visitors' pages read from the PostgreSQL that DATABASE_REPLICA_URL names, everything else from the primary.

A page must not show what has been changed. So this process notes how far the primary's log had come whenever it hears of a
change (`position`), before it drops the pages that show it; until the replica has replayed the log so far, and whenever that
is not known, visitors' pages are read from the primary as well. A request that wrote, or read from the primary once, stays there.
"""
