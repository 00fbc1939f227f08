from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.flows.campaign import joining
from campaigns.flows.gate import silencing
from network.flows import approving, consenting
from network.models import Approval
from notifications.engine import dispatching
from notifications.flows import opening, unsubscribing
from notifications.models import Alert, Chunk, Delivery, Suppression
from notifications.models.audience import audience_of
from notifications.refusals import AlertNotReady
from tests.makers import make_alert, make_campaign, make_person

pytestmark = pytest.mark.django_db


def open_fully(alert: Alert) -> None:
    opening.open_alert(alert.pk, by=None, at=timezone.now())
    while opening.open_slab(alert.pk, at=timezone.now()):
        pass


def test_everybody_in_the_audience_gets_one_delivery_in_a_chunk_of_their_language(network, settings):
    settings.CHUNK_ROWS = 4
    settings.SLAB_PEOPLE_SQLITE = settings.SLAB_PEOPLE_POSTGRESQL = 10
    alert = make_alert(network, make_campaign(network), audience=25)
    open_fully(alert)
    people = Counter(Delivery.objects.of(alert).values_list("person__email", flat=True))
    assert people == Counter({f"member-{n:05d}@people.example": 1 for n in range(25)})
    for chunk in Chunk.objects.filter(alert=alert):
        languages = set(chunk.delivery_rows.values_list("person__language", flat=True))
        assert languages == {chunk.language}
        assert 1 <= chunk.delivery_rows.count() <= 4
    alert.refresh_from_db()
    assert alert.state == Alert.State.SENDING


def test_opening_resumes_where_it_stopped(network, settings):
    settings.SLAB_PEOPLE_SQLITE = settings.SLAB_PEOPLE_POSTGRESQL = 5
    alert = make_alert(network, make_campaign(network), audience=12)
    opening.open_alert(alert.pk, by=None, at=timezone.now())
    assert [opening.open_slab(alert.pk, at=timezone.now()) for _ in range(4)] == [5, 5, 2, 0]
    assert Delivery.objects.of(alert).count() == 12


def test_the_first_slab_is_small_so_that_sending_begins_at_once(network, settings):
    settings.SLAB_PEOPLE_FIRST, settings.SLAB_PEOPLE_SQLITE, settings.SLAB_PEOPLE_POSTGRESQL = 2, 6, 6
    alert = make_alert(network, make_campaign(network), audience=12)
    opening.open_alert(alert.pk, by=None, at=timezone.now())
    assert [opening.open_slab(alert.pk, at=timezone.now()) for _ in range(4)] == [2, 6, 4, 0]


@pytest.mark.parametrize("fallback", ["en", "fa"])
def test_who_reads_no_language_it_is_written_in_gets_the_fallback_within_their_own(network, mailbox, fallback):
    alert = make_alert(network, make_campaign(network), approved=False)
    Alert.objects.filter(pk=alert.pk).update(fallback_language=fallback)
    for part in Alert.objects.get(pk=alert.pk).parts():
        approving.approve(opening.SUBJECT, alert.pk, part, by=network.approver, at=timezone.now())
    person = make_person("kurdish@people.example", language="ckb")
    joining.join(person, alert.campaign, through="test", at=timezone.now())
    open_fully(alert)
    assert Delivery.objects.get(person=person).chunk.language == "ckb"
    dispatching.dispatch()
    mail = mailbox.last(person.email)
    assert mail["Content-Language"] == "ckb" and "/ckb/unsubscribe/" in mail["List-Unsubscribe"]
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    with override("ckb"):
        note, way_out = _("These words are not yet available in your language."), _("Fewer letters, or none")
    for text in (plain, html):
        assert note in text and way_out in text
    words, direction = {"en": ("is heard", "ltr"), "fa": ("دادگاه دارد", "rtl")}[fallback]
    assert words in plain and words in html
    assert f'<td class="ink" lang="{fallback}" dir="{direction}"' in html


@pytest.mark.parametrize("how", ["left", "muted", "consent", "suppressed", "inactive", "never-joined"])
def test_who_may_not_be_reached_is_not_in_the_audience(network, how):
    alert = make_alert(network, make_campaign(network), audience=1)
    person = make_person("out@people.example", wants_alerts=True)
    now = timezone.now()
    if how != "never-joined":
        joining.join(person, alert.campaign, through="test", at=now)
    if how == "left":
        joining.leave(person, alert.campaign, at=now)
    elif how == "muted":
        unsubscribing.mute_campaign(person, alert.campaign_id, at=now)
    elif how == "consent":
        consenting.withdraw(person, at=now)
    elif how == "suppressed":
        Suppression.objects.create(address=person.email, reason="complaint", source="test", created_at=now)
    elif how == "inactive":
        person.is_active = False
        person.save()
    assert [p.email for p in audience_of(alert)] == ["member-00000@people.example"]
    open_fully(alert)
    assert Delivery.objects.filter(person=person).count() == 0


def test_without_a_second_person_it_stays_closed(network):
    alert = make_alert(network, make_campaign(network), approved=False)
    with pytest.raises(AlertNotReady) as refused:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
    assert refused.value.missing == ("approval:plan", "approval:text:en", "approval:text:fa")


def test_one_changed_letter_voids_the_approval(network):
    alert = make_alert(network, make_campaign(network), audience=1)
    variant = alert.variants.get(language="fa")
    variant.body += "."
    variant.save()
    with pytest.raises(AlertNotReady) as refused:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
    assert refused.value.missing == ("approval:text:fa",)


def test_its_own_writer_cannot_approve_it(network):
    alert = make_alert(network, make_campaign(network))
    Approval.objects.filter(subject="alert").update(by=network.writer)
    with pytest.raises(AlertNotReady):
        opening.open_alert(alert.pk, by=None, at=timezone.now())


def test_for_a_silenced_case_it_stays_closed(network):
    alert = make_alert(network, make_campaign(network), audience=1)
    consent = alert.campaign.case.consents.get()
    silencing.withdraw_consent(consent.pk, by=None, at=timezone.now())
    alert = Alert.objects.get(pk=alert.pk)
    with pytest.raises(AlertNotReady) as refused:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
    assert "campaign-not-published" in refused.value.missing
    assert "approval:plan" in refused.value.missing  # the case's epoch moved: what was approved is no longer this


def test_an_expired_one_stays_closed(network):
    alert = make_alert(network, make_campaign(network), expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(AlertNotReady, match="expired"):
        opening.open_alert(alert.pk, by=None, at=timezone.now())


def test_opening_twice_is_opening_once(network):
    alert = make_alert(network, make_campaign(network), audience=3)
    open_fully(alert)
    open_fully(alert)
    assert Delivery.objects.of(alert).count() == 3


def test_behind_an_alias_no_part_of_the_name_may_stand_in_an_alert(network):
    campaign = make_campaign(network, alias="Baran", scopes=("alias", "narrative", "petition"))
    alert = make_alert(network, campaign, approved=False)
    alert.variants.filter(language="en").update(subject="Free Golnar")
    with pytest.raises(AlertNotReady) as refused:
        opening.open_alert(alert.pk, by=None, at=timezone.now())
    assert "unfit:en:name:Golnar" in refused.value.missing
