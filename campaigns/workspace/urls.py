from django.urls import path

from campaigns.workspace import cases, cohosting, drafts, law, statuses

urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.new_case, name="case_new"),
    path("cases/<int:case_id>/", cases.case, name="case"),
    path("cases/<int:case_id>/withdrawing/", cases.withdraw, name="case_withdraw"),
    path("cases/<int:case_id>/consents/", cases.consent, name="case_consent"),
    path("cases/<int:case_id>/consents/<int:consent_id>/withdrawing/", cases.withdraw_consent, name="consent_withdraw"),
    path("cases/<int:case_id>/consents/<int:consent_id>/code/", cases.renew_code, name="consent_code"),
    path("cases/<int:case_id>/risks/", cases.assess, name="case_assess"),
    path("cases/<int:case_id>/statuses/", statuses.statuses, name="case_statuses"),
    path("cases/<int:case_id>/statuses/recording/", statuses.record, name="status_record"),
    path("statuses/<int:status_id>/verifying/", statuses.verify, name="status_verify"),
    path("statuses/<int:status_id>/ending/", statuses.end, name="status_end"),
    path("cases/<int:case_id>/law/", law.look_up, name="case_law"),
    path("cases/<int:case_id>/law/state/", law.concern, name="case_concern"),
    path("cases/<int:case_id>/law/citing/", law.cite, name="case_cite"),
    path("law/citations/<int:citation_id>/taking-back/", law.take_back, name="citation_take_back"),
    path("law/ratifications/", law.ratification, name="ratification"),
    path("corrections/<int:request_id>/answering/", cases.answer, name="correction_answer"),
    path("cases/<int:case_id>/campaigns/", drafts.new_draft, name="draft_new"),
    path("campaigns/", drafts.drafts, name="drafts"),
    path("campaigns/<int:campaign_id>/", drafts.draft, name="draft"),
    path("campaigns/<int:campaign_id>/editing/", drafts.edit, name="draft_edit"),
    path("campaigns/<int:campaign_id>/preview/", drafts.preview, name="draft_preview"),
    path("campaigns/<int:campaign_id>/approving/", drafts.approve, name="draft_approve"),
    path("campaigns/<int:campaign_id>/launching/", drafts.launch, name="draft_launch"),
    path("campaigns/<int:campaign_id>/pausing/", drafts.pause, name="draft_pause"),
    path("co-hosting/<int:cohosting_id>/accepting/", cohosting.accept, name="cohosting_accept"),
    path("co-hosting/<int:cohosting_id>/declining/", cohosting.decline, name="cohosting_decline"),
    path("organisation/<uuid:public_id>/campaigns/<slug:slug>/asking/", cohosting.ask, name="cohosting_ask"),
    path(
        "organisation/<uuid:public_id>/co-hosting/<int:cohosting_id>/leaving/", cohosting.leave, name="cohosting_leave"
    ),
]
