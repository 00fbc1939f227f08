"""Scenario 19: given a joint statement with a release time, when partners sign, then text stays locked, the count is right,
nothing is visible or in the API before the minute of release, and late signers are listed as later."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns.flows.campaign import closing, offering, signing_on
from campaigns.models import Action, SignOn
from campaigns.publishing.statement import statements_for
from campaigns.refusals import ActionClosed, SecondPersonConfirms, WordsAreLocked
from campaigns.tasks import keep_silence
from network.flows import suspending
from network.flows.relaying import relay
from network.models import Membership, Organisation, OutboxEvent
from network.refusals import ContentChanged, NotInGoodStanding
from tests import makers
from tests.makers import administrator_of, enter_workspace, make_action, make_campaign, make_person

pytestmark = pytest.mark.django_db
URL = "/campaigns/lake/2/"
SECRET = "Words title"


@pytest.fixture
def release():
    return (timezone.now() + timedelta(hours=2)).replace(second=0, microsecond=0)


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def statement(network, campaign, release) -> Action:
    return make_action(network, campaign, "sign_on", options={"release": release.isoformat()})


def make_partner(network, **more):
    """In full standing: on probation nobody reads what is not yet for everybody."""
    partner = makers.make_partner(network, **more)
    Organisation.objects.filter(pk=partner.pk).update(standing=Organisation.Standing.FULL)
    partner.refresh_from_db()
    return partner


def sign(statement, partner, *, at=None, is_confidential=False) -> SignOn:
    at = at or timezone.now()
    by = administrator_of(partner)
    row = signing_on.enter(
        statement.pk,
        partner,
        signatory="A. Director",
        authority="The board",
        is_confidential=is_confidential,
        by=by,
        at=at,
    )
    return signing_on.confirm(row.pk, digest=row.digest, by=by, at=at)


def everywhere(visitor, campaign) -> str:
    paths = ["/", "/campaigns/", "/campaigns/lake/", "/feeds/campaigns.atom", "/api/v1/actions/"]
    paths += [f"/api/v1/campaigns/{campaign.public_id}/", "/fa/campaigns/lake/", "/api/v1/tallies/"]
    return "".join(visitor.get(path).content.decode() for path in paths)


def test_nothing_is_to_be_seen_before_the_minute_and_all_of_it_in_it(network, campaign, statement, release, visitor):
    sign(statement, make_partner(network, name="Lanterns of Qaf"))
    marks = (SECRET, "واژه‌ها title", "Lanterns of Qaf", str(statement.public_id), "/campaigns/lake/2/")
    with time_machine.travel(release - timedelta(seconds=1), tick=False):
        seen = everywhere(visitor, campaign)
        assert visitor.get(URL).status_code == 404
        assert visitor.get(f"/api/v1/actions/{statement.public_id}/").status_code == 404
        assert [mark for mark in marks if mark in seen] == []
    with time_machine.travel(release, tick=False):
        assert visitor.get(URL).status_code == 200
        seen = everywhere(visitor, campaign) + visitor.get(URL).content.decode()
        assert [mark for mark in marks if mark not in seen] == []


def test_partners_are_told_to_read_it_in_the_minute_and_not_before(campaign, statement, release):
    def told() -> int:
        return OutboxEvent.objects.named("CampaignChanged").filter(subject_id=str(campaign.pk)).count()

    before = told()
    with time_machine.travel(release - timedelta(seconds=1), tick=False):
        keep_silence()
    assert told() == before
    with time_machine.travel(release, tick=False):
        keep_silence()
        keep_silence()
    assert told() == before + 1


def test_late_signers_are_listed_as_later_and_the_count_is_right(network, statement, release, visitor):
    sign(statement, make_partner(network, name="Early Birds"))
    sign(statement, make_partner(network, name="Quiet Friends"), is_confidential=True)
    entered = make_partner(network, name="Said It Once")
    signing_on.enter(
        statement.pk,
        entered,
        signatory="A",
        authority="B",
        is_confidential=False,
        by=administrator_of(entered),
        at=timezone.now(),
    )
    sign(statement, make_partner(network, name="Late Owls"), at=release + timedelta(minutes=5))
    with time_machine.travel(release + timedelta(minutes=6), tick=False):
        page = visitor.get(URL).content.decode()
        listed = visitor.get(f"/api/v1/actions/{statement.public_id}/").json()
    on_time, later = page.split("Signed later")
    assert "Signed by 3 organisations" in page
    assert "Early Birds" in on_time and "Late Owls" not in on_time and "Late Owls" in later
    assert "1 organisation stands by it and is not named." in page
    assert "Quiet Friends" not in page and "Said It Once" not in page
    assert listed["signed_by"] == ["Early Birds", "Late Owls"]


def test_what_is_asked_no_more_still_says_who_signed_it_and_so_does_the_report(network, statement, release, visitor):
    sign(statement, make_partner(network, name="Early Birds"))
    sign(statement, make_partner(network, name="Quiet Friends"), is_confidential=True)
    with time_machine.travel(release + timedelta(minutes=6), tick=False):
        offering.end(statement.pk, by=network.writer, at=timezone.now())
        page = visitor.get(URL).content.decode()
        assert "This is over" in page and "Signed by 2 organisations" in page and "Early Birds" in page
        assert "1 organisation stands by it and is not named." in page and "Quiet Friends" not in page
        closing.close(statement.campaign_id, ending="ended", by=network.approver, at=timezone.now())
        report = visitor.get("/campaigns/lake/report/").content.decode()
    assert "Signed by 2 organisations" in report and "Early Birds" not in report


def test_the_text_stays_locked(network, statement):
    with pytest.raises(WordsAreLocked):
        offering.write(statement.pk, options={}, texts={}, by=network.writer, at=timezone.now())


def test_a_text_that_changed_under_the_signer_is_not_signed(network, statement):
    partner = make_partner(network)
    by = administrator_of(partner)
    row = signing_on.enter(
        statement.pk, partner, signatory="A", authority="B", is_confidential=False, by=by, at=timezone.now()
    )
    text = statement.texts.get(language="en")
    text.words = {**text.words, "body": "Something else."}
    text.save()
    with pytest.raises(ContentChanged):
        signing_on.confirm(row.pk, digest=row.digest, by=by, at=timezone.now())


def test_a_second_administrator_says_the_second_yes(network, statement):
    partner = make_partner(network)
    first, second = administrator_of(partner), make_person("second@partner.example")
    Membership.objects.create(organisation=partner, person=second, role="administrator", created_at=timezone.now())
    row = signing_on.enter(
        statement.pk, partner, signatory="A", authority="B", is_confidential=False, by=first, at=timezone.now()
    )
    with pytest.raises(SecondPersonConfirms):
        signing_on.confirm(row.pk, digest=row.digest, by=first, at=timezone.now())
    assert signing_on.confirm(row.pk, digest=row.digest, by=second, at=timezone.now()).state == "confirmed"


def test_a_suspended_partner_is_named_no_more_and_signs_nothing(network, statement, release, visitor):
    partner = make_partner(network, name="Early Birds")
    sign(statement, partner)
    suspending.suspend(partner.pk, reason="Misuse", by=network.approver, at=timezone.now())
    with time_machine.travel(release, tick=False):
        assert "Early Birds" not in visitor.get(URL).content.decode()
    partner.refresh_from_db()
    with pytest.raises(NotInGoodStanding):
        sign(statement, partner)


def test_it_is_signed_read_and_taken_back_on_the_partners_own_page(network, statement, release, deliver_all, visitor):
    partner = make_partner(network, name="Early Birds", address="ours@partner.example")
    ours = enter_workspace(administrator_of(partner), deliver_all)
    page = f"/organise/organisation/{partner.public_id}/"
    assert SECRET in ours.get(page).content.decode()
    url = f"{page}statements/{statement.pk}/"
    shown = ours.get(url).content.decode()
    assert "Words body" in shown and "Nobody outside may read it before" in shown
    assert ours.post(f"{url}entering/", {"signatory": "", "authority": "The board"}).status_code == 400
    ours.post(f"{url}entering/", {"signatory": "A. Director", "authority": "The board"})
    ours.post(f"{url}confirming/", {"digest": SignOn.objects.get().digest})
    assert SignOn.objects.get().state == "confirmed"
    ours.post(f"{url}withdrawing/")
    assert SignOn.objects.get().state == "withdrawn"
    with time_machine.travel(release, tick=False):
        assert "Early Birds" not in visitor.get(URL).content.decode()


def test_nobody_signs_what_is_over_or_of_another_kind(network, campaign, statement):
    partner = make_partner(network)
    pledge = make_action(network, campaign, "pledge")
    offering.end(statement.pk, by=network.writer, at=timezone.now())
    for action in (statement, pledge):
        with pytest.raises(ActionClosed):
            sign(action, partner)


@pytest.mark.parametrize("standing", ["probation", "suspended"])
def test_who_is_not_in_full_standing_reads_nothing_before_the_minute(
    network, statement, release, deliver_all, standing
):
    partner = make_partner(network, address="ours@partner.example")
    ours = enter_workspace(administrator_of(partner), deliver_all)
    Organisation.objects.filter(pk=partner.pk).update(standing=standing)
    page = f"/organise/organisation/{partner.public_id}/"
    assert SECRET not in ours.get(page).content.decode()
    assert ours.get(f"{page}statements/{statement.pk}/").status_code == 404
    partner.refresh_from_db()
    assert len(statements_for(partner, language="en", at=release)) == (standing == "probation")


def test_ended_before_its_minute_it_never_appears(network, campaign, statement, release, visitor):
    offering.end(statement.pk, by=network.writer, at=timezone.now())
    with time_machine.travel(release + timedelta(minutes=1), tick=False):
        assert SECRET not in everywhere(visitor, campaign)
        assert visitor.get(URL).status_code == 404


def test_nobody_is_told_the_minute(campaign, statement, release, visitor):
    told = visitor.get(f"/api/v1/campaigns/{campaign.public_id}/").json()
    assert release.isoformat()[:16] not in str(told)


def test_who_takes_it_back_is_forgotten(network, statement):
    row = sign(statement, make_partner(network))
    signing_on.withdraw(row.pk, by=None, at=timezone.now())
    row.refresh_from_db()
    assert (row.state, row.signatory, row.authority) == ("withdrawn", "", "")


def test_readers_are_told_when_a_signer_is_suspended(network, campaign, statement, release):
    partner = make_partner(network, name="Early Birds")
    sign(statement, partner)
    relay()
    told = OutboxEvent.objects.named("CampaignChanged").filter(subject_id=str(campaign.pk)).count()
    suspending.suspend(partner.pk, reason="Misuse", by=network.approver, at=timezone.now())
    relay()
    assert OutboxEvent.objects.named("CampaignChanged").filter(subject_id=str(campaign.pk)).count() == told + 1
