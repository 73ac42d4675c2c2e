"""Page cache: rendered pages of anonymous visitors, compressed in memory, invalidated as soon as anything they show changes.

`wsgi.PageCache` wraps the application and answers from `store.PageStore` before Django's middleware
runs. A page is stored with the keys recorded while it was rendered (calculators.common.page_keys). A change
writes its keys to the table PageChange in its own transaction (`invalidation`); every process reads that
table several times a second (`follower`) and drops exactly the pages that depend on one of them. A page expires at
midnight, or when a scheduled article is published or withdrawn (`expiry`).
"""
