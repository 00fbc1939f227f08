"""Scenario 6: given one person signs five times with address variants, when counted, then one signature counts, the rest are
held, and "received" and "counted" are both visible to organisers."""

import pytest

from campaigns.models import Participation
from network.flows.relaying import relay
from tests.journeys.test_a_stranger_signs import count_on, link_in
from tests.makers import enter_workspace, make_campaign

pytestmark = pytest.mark.django_db
VARIANTS = (
    "nasrin.omid@gmail.com",
    "Nasrin.Omid@gmail.com",
    "nasrinomid@gmail.com",
    "nasrin.omid+lake@gmail.com",
    "nasrinomid@googlemail.com",
)


def test_one_counts_and_the_rest_are_held(network, visitor, deliver_all):
    campaign = make_campaign(network, slug="lake")
    answers = [
        visitor.post("/campaigns/lake/", {"name": f"Nasrin {number}", "email": address})
        for number, address in enumerate(VARIANTS)
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/campaigns/lake/sent/")}
    link = link_in(deliver_all().mails()[0])
    visitor.post(link, {"name": "Nasrin"})
    for address in VARIANTS:  # once more each, now that it is counted
        visitor.post("/campaigns/lake/", {"name": "Somebody Else", "email": address})
    relay()
    assert count_on(visitor, "/campaigns/lake/") == "1"
    row = Participation.objects.get()
    assert (row.state, row.name, row.repeats) == ("confirmed", "Nasrin", 9)
    page = (
        enter_workspace(network.writer, deliver_all).get(f"/organise/campaigns/{campaign.pk}/results/").content.decode()
    )
    table = page.split('id="entries"', 1)[1].split("</table>")[0]
    cells = [cell.split("</td>")[0].split(">")[-1] for cell in table.split('<td class="n"')[1:]]
    assert cells == [
        "10",
        "9",
        "0",
        "0",
        "0",
        "1",
    ]  # received, the same again, not confirmed, taken back, set apart, counted
