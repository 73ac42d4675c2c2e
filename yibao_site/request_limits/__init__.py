"""Request limits: how much, how slowly and how often one client may send.

`buffering.BufferingMiddleware` is the outermost WSGI layer: slow clients occupy none of the threads that answer.
`rate.RateLimitMiddleware` bounds how often one address may ask for what takes the processor.
"""
