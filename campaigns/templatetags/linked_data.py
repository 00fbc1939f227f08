"""A page's own facts for machines."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from campaigns.open.sharing import linked_data
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase

register = template.Library()


@register.simple_tag
def facts_of_campaign(form: PublishedCampaign) -> SafeString:
    return linked_data.as_script(linked_data.of_campaign(form))


@register.simple_tag
def facts_of_case(form: PublishedCase, path: str, picture: str) -> SafeString:
    return linked_data.as_script(linked_data.of_case(form, path, picture))
