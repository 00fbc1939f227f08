from django.urls import path

from notifications.workspace import alerts, letters, pacing, steering, suppressions

urlpatterns = [
    path("alerts/<id:alert_id>/part/", alerts.part, name="alert_part"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("campaigns/<id:campaign_id>/alerts/", alerts.new_alert, name="alert_new"),
    path("alerts/<id:alert_id>/", alerts.alert, name="alert"),
    path("alerts/<id:alert_id>/editing/", alerts.edit, name="alert_edit"),
    path("alerts/<id:alert_id>/preview/<slug:persona>/", alerts.preview, name="alert_preview"),
    path("alerts/<id:alert_id>/testing/", alerts.test, name="alert_test"),
    path("alerts/<id:alert_id>/approving/", alerts.approve, name="alert_approve"),
    path("alerts/<id:alert_id>/opening/", alerts.open_alert, name="alert_open"),
    path("alerts/<id:alert_id>/following-up/", alerts.follow_up, name="alert_follow_up"),
    path("alerts/<id:alert_id>/taking-back/", steering.take_back, name="alert_take_back"),
    path("alerts/<id:alert_id>/letting-go/", steering.let_go, name="alert_let_go"),
    path("alerts/<id:alert_id>/pausing/", steering.pause, name="alert_pause"),
    path("alerts/<id:alert_id>/resuming/", steering.resume, name="alert_resume"),
    path("alerts/<id:alert_id>/cancelling/", steering.cancel, name="alert_cancel"),
    path("alerts/<id:alert_id>/resending/", steering.resend, name="alert_resend"),
    path("alerts/<id:alert_id>/sending-again/", steering.send_again, name="alert_send_again"),
    path("letters/<id:action_id>/", letters.lane, name="letter_lane"),
    path("letters/<id:action_id>/testing/", letters.test, name="letters_test"),
    path("letters/<id:action_id>/letting-go/", letters.let_go, name="letters_let_go"),
    path("letters/<id:action_id>/holding/", letters.hold, name="letters_hold"),
    path("pace/", pacing.limits, name="send_limits"),
    path("pace/setting/", pacing.set_limit, name="send_limit_set"),
    path("pace/<id:limit_id>/lifting/", pacing.lift_limit, name="send_limit_lift"),
    path("suppressions/", suppressions.suppressions, name="suppressions"),
    path("suppressions/adding/", suppressions.add, name="suppression_add"),
    path("suppressions/releasing/", suppressions.release_many, name="suppressions_release"),
    path("suppressions/<id:suppression_id>/releasing/", suppressions.release, name="suppression_release"),
]
