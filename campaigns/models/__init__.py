"""The campaigns' nouns: the record, the gate's evidence, and the campaign itself."""

from campaigns.models.campaign.action import Action, ActionText
from campaigns.models.campaign.campaign import Campaign, CampaignText
from campaigns.models.campaign.campaign_case import CampaignCase
from campaigns.models.campaign.cohosting import CoHosting
from campaigns.models.campaign.demand import Demand
from campaigns.models.campaign.handover import Handover
from campaigns.models.campaign.harm import Harm
from campaigns.models.campaign.joining import Joining
from campaigns.models.campaign.message import Batch, Message
from campaigns.models.campaign.outcome import ContributionRating, Outcome
from campaigns.models.campaign.paper_sheet import PaperSheets
from campaigns.models.campaign.participation import Participation
from campaigns.models.campaign.plan import Cadence, DeliveryPlan, PlannedStep
from campaigns.models.campaign.sift import Sift
from campaigns.models.campaign.sign_on import SignOn
from campaigns.models.campaign.tally import Tally
from campaigns.models.campaign.target import Target, TargetText
from campaigns.models.campaign.template import CampaignTemplate
from campaigns.models.campaign.update import Update, UpdateText
from campaigns.models.gate.consent import PublicationConsent
from campaigns.models.gate.correction_request import CorrectionRequest
from campaigns.models.gate.grant import CaseGrant
from campaigns.models.gate.opening import open_cases
from campaigns.models.gate.risk import RiskAssessment
from campaigns.models.gate.takedown import Takedown
from campaigns.models.gate.withdrawal_code import WithdrawalCode
from campaigns.models.record.case import Case, CaseText, PageAddress
from campaigns.models.record.citation import Citation
from campaigns.models.record.claim import Source
from campaigns.models.record.defender import Defender, DefenderName, GuardedWord, SpecialCategory
from campaigns.models.record.law import Article, Instrument, Ratification, RatificationChange, Violation
from campaigns.models.record.photo import FormerPhotoAddress, Photo, PhotoFile, PhotoOriginal
from campaigns.models.record.province import Province
from campaigns.models.record.status import CaseStatus
from campaigns.models.record.timeline import Correction, OwnWords, TimelineEvent
from campaigns.models.record.together import CaseLink

__all__ = [
    "Action",
    "ActionText",
    "Article",
    "Batch",
    "Cadence",
    "Campaign",
    "CampaignCase",
    "CampaignTemplate",
    "CampaignText",
    "Case",
    "CaseGrant",
    "CaseLink",
    "CaseStatus",
    "CaseText",
    "Citation",
    "CoHosting",
    "ContributionRating",
    "Correction",
    "CorrectionRequest",
    "Defender",
    "DefenderName",
    "DeliveryPlan",
    "Demand",
    "FormerPhotoAddress",
    "GuardedWord",
    "Handover",
    "Harm",
    "Instrument",
    "Joining",
    "Message",
    "Outcome",
    "OwnWords",
    "PageAddress",
    "PaperSheets",
    "Participation",
    "Photo",
    "PhotoFile",
    "PhotoOriginal",
    "PlannedStep",
    "Province",
    "PublicationConsent",
    "Ratification",
    "RatificationChange",
    "RiskAssessment",
    "Sift",
    "SignOn",
    "Source",
    "SpecialCategory",
    "Takedown",
    "Tally",
    "Target",
    "TargetText",
    "TimelineEvent",
    "Update",
    "UpdateText",
    "Violation",
    "WithdrawalCode",
    "open_cases",
]
