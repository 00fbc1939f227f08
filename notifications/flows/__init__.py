"""The notifications' verbs. Each is one transaction; none knows Celery, a request or a socket."""
