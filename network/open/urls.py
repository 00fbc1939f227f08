from django.urls import path

from network.open import joining, partnering, safety

urlpatterns = [
    path("safety/", safety.safety, name="safety"),
    path("principles/", joining.principles, name="principles"),
    path("join/", joining.join, name="join"),
    path("join/sent/", joining.sent, name="join_sent"),
    path("join/confirm/<str:token>/", joining.confirm, name="join_confirm"),
    path("join/confirm/<str:token>/rejecting/", joining.reject, name="join_reject"),
    path("partners/", partnering.partners, name="partners"),
    path("partners/apply/", partnering.apply, name="partner_apply"),
    path("partners/apply/sent/", partnering.apply_sent, name="partner_apply_sent"),
    path("partners/apply/confirm/<str:token>/", partnering.apply_confirm, name="partner_apply_confirm"),
    path("partners/apply/confirm/<str:token>/rejecting/", partnering.apply_reject, name="partner_apply_reject"),
    path("partners/invitation/<str:token>/", partnering.invitation, name="invitation"),
    path("partners/invitation/<str:token>/declining/", partnering.invitation_decline, name="invitation_decline"),
    path("erased/", joining.erased, name="erased"),
]
