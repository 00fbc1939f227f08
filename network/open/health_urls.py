from django.urls import path

from network.open import health, metrics

urlpatterns = [path("healthz", health.healthz), path("readyz", health.readyz), path("metrics", metrics.metrics)]
