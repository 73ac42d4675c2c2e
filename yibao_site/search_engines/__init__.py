"""Search engines told of new and changed articles: 百度主动推送 where BAIDU_PUSH_TOKEN is set, IndexNow where INDEXNOW_KEY is.

A change of what readers see enqueues a task (`tasks`); it sends the addresses that are public by then (`addresses`), each
text once, in the form each engine documents (`requests`).
"""
