"""Anonymous pages, kept rendered and compressed, and dropped the moment what they show changes.

`wsgi.PageCache` wraps the application and answers from `store.PageStore` before Django's middleware
runs. A page is stored with the keys noted while it was rendered (calculators.common.page_keys). A change
writes its keys to the table PageChange in its own transaction (`saying`); every process reads that
table several times a second (`following`) and drops exactly the pages that show one of them. Nothing has a
time to live but the day: a page ends at midnight, or when a scheduled article appears or goes.
"""
