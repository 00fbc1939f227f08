from django.urls import path

from network.open import joining

urlpatterns = [
    path("principles/", joining.principles, name="principles"),
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.sent, name="join_sent"),
    path("join/confirm/<str:token>/", joining.confirm, name="join_confirm"),
    path("join/confirm/<str:token>/rejecting/", joining.reject, name="join_reject"),
    path("erased/", joining.erased, name="erased"),
]
