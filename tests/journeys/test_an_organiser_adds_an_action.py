"""Walk: an organiser writes one thing more for a live campaign; a second one approves it part by part and opens it. Each kind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.kinds.contract import registered
from campaigns.models import Action
from tests.makers import enter_workspace, make_campaign
from tests.makers.actions import OPTIONS, words_for

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OWN = [kind for kind in registered() if not kind.stands_on_the_campaign]


def typed(kind) -> dict[str, str]:
    words = {
        f"{name}_{language}": text for language in ("en", "fa") for name, text in words_for(kind, language).items()
    }
    options = {name: "on" if value is True else value for name, value in OPTIONS.get(kind.name, {}).items() if value}
    return {**words, **options}


@pytest.mark.parametrize("prefix", ["", "/fa"])
@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_from_nothing_to_open(network, visitor, deliver_all, kind, prefix):
    campaign = make_campaign(network, slug="lake")
    writer = enter_workspace(network.writer, deliver_all)
    assert "What supporters can do" in writer.get(f"/organise/campaigns/{campaign.pk}/").content.decode()
    answer = writer.post(f"{prefix}/organise/campaigns/{campaign.pk}/actions/", {"kind": kind.name})
    action = Action.objects.get(kind=kind.name)
    assert answer.url == f"{prefix}/organise/actions/{action.pk}/editing/"
    form = writer.get(answer.url).content.decode()
    assert all(f'name="{word.name}_{language}"' in form for word in kind.words for language in ("en", "fa"))
    refused = writer.post(answer.url, {**typed(kind), "title_en": "{nobody} wins"})
    assert refused.status_code == 400 and "{nobody} wins" in refused.content.decode()  # nothing is lost
    assert writer.post(answer.url, typed(kind)).status_code == 302

    approver = enter_workspace(network.approver, deliver_all)
    url = f"{prefix}/organise/actions/{action.pk}/"
    assert approver.post(f"{url}opening/").status_code == 409  # nobody has approved it
    for part in Action.objects.get(pk=action.pk).parts():
        approver.post(f"{url}approving/", {"part": part.name, "digest": part.digest})
    assert approver.post(f"{url}opening/").status_code == 302
    assert visitor.get("/campaigns/lake/2/").status_code == 200
    shown = writer.get(url).content.decode()
    assert "Golnar Sabzrud" in shown and "{person}" not in shown.split("<h1>")[1].split("</h1>")[1]


def test_it_is_kept_as_a_draft_and_thrown_away(network, deliver_all):
    campaign = make_campaign(network, slug="lake")
    writer = enter_workspace(network.writer, deliver_all)
    writer.post(f"/organise/campaigns/{campaign.pk}/actions/", {"kind": "pledge"})
    action = Action.objects.get(kind="pledge")
    assert "Nothing is written yet." in writer.get(f"/organise/actions/{action.pk}/").content.decode()
    writer.post(f"/organise/actions/{action.pk}/ending/")
    assert not Action.objects.filter(pk=action.pk).exists()


def test_no_second_petition_and_nothing_unknown_is_offered(network, deliver_all):
    campaign = make_campaign(network, slug="lake")
    writer = enter_workspace(network.writer, deliver_all)
    for kind in ("petition", "revolution", ""):
        answer = writer.post(f"/organise/campaigns/{campaign.pk}/actions/", {"kind": kind})
        assert answer.status_code == 404
    assert Action.objects.count() == 1


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_a_minute_of_release_and_a_last_day_are_kept_as_they_were_typed(network, deliver_all, prefix):
    campaign = make_campaign(network, slug="lake")
    writer = enter_workspace(network.writer, deliver_all)
    writer.post(f"/organise/campaigns/{campaign.pk}/actions/", {"kind": "sign_on"})
    action = Action.objects.get(kind="sign_on")
    kind = next(one for one in OWN if one.name == "sign_on")
    day = (timezone.now() + timedelta(days=9)).date()
    writer.post(
        f"{prefix}/organise/actions/{action.pk}/editing/",
        {**typed(kind), "release": f"{day.isoformat()} 10:30", "last_day": day.isoformat()},
    )
    action.refresh_from_db()
    assert action.options["release"] == f"{day.isoformat()}T10:30:00+00:00"
    assert action.act_before.date() == day + timedelta(days=1)
    before = action.parts()
    form = writer.get(f"/organise/actions/{action.pk}/editing/").content.decode()
    assert f'value="{day.isoformat()}T10:30"' in form and f'value="{day.isoformat()}"' in form
    page = writer.get(f"/organise/actions/{action.pk}/").content.decode()
    assert "10:30 UTC" in page
    writer.post(
        f"/organise/actions/{action.pk}/editing/",
        {**typed(kind), "release": f"{day.isoformat()}T10:30", "last_day": day.isoformat()},
    )
    assert (
        Action.objects.get(pk=action.pk).parts() == before
    )  # saved anew without a change, nothing needs approval again
