from django.urls import path

from notifications.open import letters_feed, unsubscribing

urlpatterns = [
    path("feeds/letters/<str:token>.atom", letters_feed.letters_feed, name="feed_letters"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/muting/", unsubscribing.mute, name="unsubscribe_mute"),
    path("unsubscribe/<str:token>/here/", unsubscribing.keep_here, name="unsubscribe_keep_here"),
    path("unsubscribe/<str:token>/choosing/", unsubscribing.choose, name="unsubscribe_choose"),
]
