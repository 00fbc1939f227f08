"""The campaigns' nouns: the record, the gate's evidence, and the campaign itself."""

from campaigns.models.campaign.action import Action
from campaigns.models.campaign.campaign import Campaign, CampaignText
from campaigns.models.campaign.cohosting import CoHosting
from campaigns.models.campaign.joining import Joining
from campaigns.models.campaign.participation import Participation
from campaigns.models.campaign.tally import Tally
from campaigns.models.campaign.target import Target, TargetText
from campaigns.models.gate.consent import PublicationConsent
from campaigns.models.gate.correction_request import CorrectionRequest
from campaigns.models.gate.risk import RiskAssessment
from campaigns.models.gate.withdrawal_code import WithdrawalCode
from campaigns.models.record.case import Case
from campaigns.models.record.citation import Citation
from campaigns.models.record.defender import Defender, DefenderName
from campaigns.models.record.law import Article, Instrument, Ratification, Violation
from campaigns.models.record.status import CaseStatus

__all__ = [
    "Action",
    "Article",
    "Campaign",
    "CampaignText",
    "Case",
    "CaseStatus",
    "Citation",
    "CoHosting",
    "CorrectionRequest",
    "Defender",
    "DefenderName",
    "Instrument",
    "Joining",
    "Participation",
    "PublicationConsent",
    "Ratification",
    "RiskAssessment",
    "Tally",
    "Target",
    "TargetText",
    "Violation",
    "WithdrawalCode",
]
