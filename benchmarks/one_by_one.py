"""What many projects do: a Celery task for each recipient, which loads the person, makes one mail and opens a connection."""

from __future__ import annotations

import os

import django

django.setup()

from celery import Celery  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: E402

from network.models import Person  # noqa: E402

SMTP = "django.core.mail.backends.smtp.EmailBackend"
DONE = "bench:one-by-one:done"

app = Celery("one_by_one", broker=settings.CELERY_BROKER_URL)
app.conf.task_default_queue = "one-by-one"


@app.task(name="benchmarks.send_one", ignore_result=True)
def send_one(person_id: int, subject: str, text: str, html: str) -> None:
    person = Person.objects.get(pk=person_id)
    connection = get_connection(SMTP, host=settings.SMTP_HOST, port=int(os.environ["SMTP_PORT"]))
    mail = EmailMultiAlternatives(
        subject,
        text.replace("NAME", person.display_name),
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        connection=connection,
    )
    mail.attach_alternative(html.replace("NAME", person.display_name), "text/html")
    mail.send()
    cache.incr(DONE)
