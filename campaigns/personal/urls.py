from django.urls import path

from campaigns.personal import joining

urlpatterns = [
    path("campaigns/<slug:slug>/joining/", joining.join, name="me_join_campaign"),
    path("campaigns/<id:campaign_id>/leaving/", joining.leave, name="me_leave_campaign"),
    path("campaigns/<id:campaign_id>/muting/", joining.mute, name="me_mute_campaign"),
    path("campaigns/<id:campaign_id>/unmuting/", joining.unmute, name="me_unmute_campaign"),
    path("actions/<uuid:participation_id>/withdrawing/", joining.withdraw, name="me_withdraw"),
]
