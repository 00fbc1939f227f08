from django.urls import path

from network.workspace import desk, keeping, organisation, style, vetting

urlpatterns = [
    path("keeping/", keeping.keep, name="keep_words"),
    path("style/", style.style, name="style"),
    path("", desk.desk, name="desk"),
    path("partners/", vetting.vetting_desk, name="vetting"),
    path("partners/applications/<uuid:public_id>/", vetting.application, name="vetting_application"),
    path("partners/applications/<uuid:public_id>/checking/", vetting.check, name="vetting_check"),
    path("partners/applications/<uuid:public_id>/admitting/", vetting.admit, name="vetting_admit"),
    path("partners/applications/<uuid:public_id>/refusing/", vetting.refuse, name="vetting_refuse"),
    path("partners/<uuid:public_id>/", vetting.partner, name="vetting_partner"),
    path("partners/<uuid:public_id>/suspending/", vetting.suspend, name="vetting_suspend"),
    path("partners/<uuid:public_id>/reinstating/", vetting.reinstate, name="vetting_reinstate"),
    path("partners/<uuid:public_id>/promoting/", vetting.promote, name="vetting_promote"),
    path("colleagues/<uuid:invitation_id>/agreeing/", desk.agree_to_colleague, name="colleague_agree"),
    path("organisation/<uuid:public_id>/", organisation.organisation, name="organisation"),
    path("organisation/<uuid:public_id>/keys/", organisation.issue_key, name="key_issue"),
    path("organisation/<uuid:public_id>/keys/<id:key_id>/rotating/", organisation.rotate_key, name="key_rotate"),
    path("organisation/<uuid:public_id>/keys/<id:key_id>/revoking/", organisation.revoke_key, name="key_revoke"),
    path("organisation/<uuid:public_id>/colleagues/", organisation.invite, name="colleague_invite"),
    path(
        "organisation/<uuid:public_id>/invitations/<uuid:invitation_id>/withdrawing/",
        organisation.withdraw_invitation,
        name="colleague_withdraw",
    ),
    path(
        "organisation/<uuid:public_id>/members/<id:membership_id>/ending/",
        organisation.end_membership,
        name="colleague_end",
    ),
]
