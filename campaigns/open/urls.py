from django.urls import path

from campaigns.open import cases, checking, feeds, law, pages, signing, silence
from campaigns.open.sharing import pages as sharing

urlpatterns = [
    path("", pages.home, name="home"),
    path("campaigns/", pages.campaigns, name="campaigns"),
    path("campaigns/<slug:slug>/", pages.campaign, name="campaign"),
    path("campaigns/<slug:slug>/<id:position>/", pages.action, name="campaign_action"),
    path("campaigns/<slug:slug>/<id:position>/words/", checking.words, name="action_words"),
    path("campaigns/<slug:slug>/<id:position>/letter.pdf", sharing.action_letter, name="action_letter"),
    path("campaigns/<slug:slug>/count/", pages.count, name="campaign_count"),
    path("campaigns/<slug:slug>/nameless/", signing.nameless, name="campaign_nameless"),
    path("campaigns/<slug:slug>/report/", pages.report, name="campaign_report_open"),
    path("campaigns/<slug:slug>/sent/", signing.sent, name="campaign_sent"),
    path("campaigns/<slug:slug>/correcting/", silence.correct, name="correct"),
    path("campaigns/<slug:slug>/share.png", sharing.campaign_picture, name="campaign_picture"),
    path("campaigns/<slug:slug>/sheet.pdf", sharing.campaign_sheet, name="campaign_sheet"),
    path("defenders/", cases.defenders, name="defenders"),
    path("defenders/<slug:slug>/", cases.defender, name="defender_page"),
    path("defenders/<slug:slug>/share.png", sharing.defender_picture, name="defender_picture"),
    path("cases/<slug:slug>/share.png", sharing.case_picture, name="case_picture"),
    path("cases/<slug:slug>/", cases.case, name="case_page"),
    path("cases/<slug:slug>/correcting/", silence.correct_case, name="correct_case"),
    path("photos/<uuid:token>-<id:width>.webp", cases.picture, name="photo"),
    path("feeds/campaigns.atom", feeds.campaign_feed, name="feed_campaigns"),
    path("feeds/defenders.atom", feeds.case_feed, name="feed_cases"),
    path("counting/", pages.counting_note, name="counting"),
    path("law/", law.register, name="law"),
    path("silence/", silence.silence, name="silence"),
    path("confirm/<str:token>/", signing.confirm, name="confirm"),
    path("confirm/<str:token>/calendar.ics", signing.calendar, name="confirm_calendar"),
    path("confirm/<str:token>/rejecting/", signing.reject, name="reject"),
]
