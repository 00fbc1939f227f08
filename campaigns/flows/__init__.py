"""The campaigns' verbs. Each is one transaction; none knows Celery, a request or a template."""
