"""Every address of the API. Versions are a path prefix; what is below /api/v1/ is added to, never renamed."""

from django.urls import path

from campaigns.api import cases, resources
from network.api import partners, reference
from notifications.api import changes

urlpatterns = [
    path("", partners.Start.as_view(), name="api"),
    path("openapi.json", reference.openapi, name="api_openapi"),
    path("campaigns/", resources.Campaigns.as_view(), name="api_campaigns"),
    path("campaigns/<uuid:id>/", resources.Campaign.as_view(), name="api_campaign"),
    path("actions/", resources.Actions.as_view(), name="api_actions"),
    path("actions/<uuid:id>/", resources.Action.as_view(), name="api_action"),
    path("tallies/", resources.Tallies.as_view(), name="api_tallies"),
    path("defenders/", resources.Defenders.as_view(), name="api_defenders"),
    path("defenders/<uuid:id>/", resources.Defender.as_view(), name="api_defender"),
    path("cases/", cases.Cases.as_view(), name="api_cases"),
    path("cases/<uuid:id>/", cases.Case.as_view(), name="api_case"),
    path("organisation/cases/", cases.GrantedCases.as_view(), name="api_granted_cases"),
    path("organisation/photos/<uuid:token>/<int:width>/", cases.GrantedPicture.as_view(), name="api_granted_picture"),
    path("partners/", partners.Partners.as_view(), name="api_partners"),
    path("partners/<uuid:id>/", partners.Partner.as_view(), name="api_partner"),
    path("organisation/", partners.OwnOrganisation.as_view(), name="api_organisation"),
    path("organisation/campaigns/", resources.OwnCampaigns.as_view(), name="api_own_campaigns"),
    path("changes", changes.ChangeFeed.as_view(), name="api_changes"),
]
