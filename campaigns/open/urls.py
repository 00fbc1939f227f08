from django.urls import path

from campaigns.open import law, pages, signing, silence

urlpatterns = [
    path("", pages.home, name="home"),
    path("campaigns/", pages.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", pages.campaign, name="campaign"),
    path("campaigns/<slug:slug>/sent/", signing.sent, name="campaign_sent"),
    path("campaigns/<slug:slug>/correcting/", silence.correct, name="correct"),
    path("law/", law.register, name="law"),
    path("silence/", silence.silence, name="silence"),
    path("confirm/<str:token>/", signing.confirm, name="confirm"),
    path("confirm/<str:token>/rejecting/", signing.reject, name="reject"),
]
