from django.urls import path

from notifications.open import unsubscribing

urlpatterns = [
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/muting/", unsubscribing.mute, name="unsubscribe_mute"),
]
