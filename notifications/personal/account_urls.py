"""The few pages of allauth that are ours to offer. Its sign-up and address pages go round our flows and are left out."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from network.personal import enrolling

urlpatterns = [
    path("code/", views.request_login_code, name="account_request_login_code"),
    path("code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path(
        "login/",
        RedirectView.as_view(pattern_name="account_request_login_code", query_string=True),
        name="account_login",
    ),
    path("signup/", RedirectView.as_view(pattern_name="join"), name="account_signup"),
]

urlpatterns += [
    path("enrol/<str:token>/", enrolling.enrol, name="enrol"),
    path("second-factor/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-factor/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/enrol/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    # Names allauth redirects to. A second factor is replaced by an administrator, never switched off by its owner.
    path("second-factor/done/", RedirectView.as_view(pattern_name="desk"), name="mfa_index"),
    path("second-factor/enrolled/", RedirectView.as_view(pattern_name="desk"), name="mfa_deactivate_totp"),
    path(
        "reauthenticate/",
        RedirectView.as_view(pattern_name="mfa_reauthenticate", query_string=True),
        name="account_reauthenticate",
    ),
]
