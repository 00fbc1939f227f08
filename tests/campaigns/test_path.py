"""From the news to the launch: the workspace always says which step comes next, in twelve screens at most."""

import re

import pytest
from django.utils import timezone

from campaigns.flows.record import citing, documenting
from campaigns.models import Article, Campaign, CampaignText
from tests.makers import approve_campaign, enter_workspace, make_campaign, make_event

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST_SCREENS = 12


def said(client, address: str) -> tuple[str, int, int]:
    """(the next step, its place, how many there are); of a page without the path ("", 0, 0)."""
    page = client.get(address).content.decode()
    found = re.search(r'<b>Next:</b> <a href="([^"]+)">', page)
    places = re.search(r"step (\d+) of (\d+)", page)
    if places is None:
        return ("", 0, 0)
    return (found.group(1) if found else "", int(places.group(1)), int(places.group(2)))


def test_each_step_leads_to_the_next(network, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    campaign = make_campaign(network, launched=False, approved=False)
    there = f"/organise/campaigns/{campaign.pk}/"
    case, case_id = f"/organise/cases/{campaign.case_id}/", campaign.case_id
    assert said(editor, case) == (f"{case}timeline/", 2, 8)
    make_event(network, campaign.case)
    assert said(editor, case)[:2] == (f"{case}law/", 3)
    documenting.concern(case_id, "NL", by=network.writer, at=timezone.now())
    citing.cite(
        case_id,
        Article.objects.filter(instrument__code="iccpr")[0],
        occurred_on=timezone.now().date(),
        is_breach=False,
        by=network.writer,
        at=timezone.now(),
    )
    CampaignText.objects.filter(campaign=campaign).update(deck="")
    for page in (case, there, f"{there}editing/"):
        assert said(editor, page)[:2] == (f"{there}editing/", 4)
    CampaignText.objects.filter(campaign=campaign).update(deck="{person} measured a lake.")
    campaign.demands.update(asks="")
    assert said(editor, there)[:2] == (f"{there}#demands", 5)
    campaign.demands.update(asks="release")
    assert said(editor, there)[:2] == (f"{there}#parts", 7)
    approve_campaign(network, Campaign.objects.get(pk=campaign.pk))
    assert said(editor, there) == (f"{there}#gate", 8, 8)
    assert said(editor, there)[2] + 1 <= MOST_SCREENS  # and the page on which a case is put on record
    assert "۸" in editor.get(f"/fa{there}").content.decode()
    assert editor.post(f"{there}launching/").status_code in {302, 403, 409}


def test_a_launch_waits_for_nothing_that_may_be_left(network, deliver_all):
    """What happened and the matter of law are offered first, but not where all that a launch asks for is there."""
    editor = enter_workspace(network.writer, deliver_all)
    campaign = make_campaign(network, launched=False)
    there = f"/organise/campaigns/{campaign.pk}/"
    assert said(editor, there) == (f"{there}#gate", 8, 8)


def test_whoever_has_launched_needs_no_path(network, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    campaign = make_campaign(network)
    for page in (f"/organise/campaigns/{campaign.pk}/", f"/organise/cases/{campaign.case_id}/"):
        assert said(editor, page) == ("", 0, 0)


def test_each_side_says_how_far_its_words_have_come(network, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    campaign = make_campaign(network, launched=False)
    edit = f"/organise/campaigns/{campaign.pk}/editing/"
    page = editor.get(edit).content.decode()
    assert page.count("approved</span>") == 2
    text = campaign.texts.get(language="fa")
    text.deck = "{person} باران را اندازه گرفت."
    text.save()
    page = editor.get(edit).content.decode()
    assert page.count("approved</span>") == 1 and page.count("a second person has not read it") == 1
    text.delete()
    assert "not written" in editor.get(edit).content.decode()
