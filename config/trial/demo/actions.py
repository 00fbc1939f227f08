"""What the demo's campaign asks beside its petition: messages, letters, a pledge, a gathering, a statement.

All of it is invented; nobody is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from campaigns.flows.campaign import acting, moderating, observing, offering
from campaigns.kinds.message.answers import MessageAnswers
from campaigns.models import Action, Campaign
from campaigns.publishing.action import parts_of
from network.models import Person
from network.models.address import stored_form

RELEASED_IN, MEETS_IN = timedelta(days=3), timedelta(days=12)

MESSAGE = {
    "en": {
        "title": "Send {person_short} a few words for the new year",
        "body": "{person} gets post on the first Monday of each month. A relative takes the cards along, thirty at a time. "
        "What helps most, {they} once told a colleague, is to hear of small things: a street after rain, a class that laughed.",
    },
    "fa": {
        "title": "برای سال نو چند کلمه برای {person_short} بفرستید",
        "body": "{person} نخستین دوشنبهٔ هر ماه نامه می‌گیرد. یکی از خویشان کارت‌ها را سی‌تا‌سی‌تا می‌برد. یک بار به همکاری گفته "
        "بود آنچه بیش از همه کمک می‌کند شنیدن چیزهای کوچک است: خیابانی پس از باران، کلاسی که خندید.",
    },
}
LETTER = {
    "en": {
        "title": "Write to your own foreign minister",
        "whom": "The Minister for Foreign Affairs of Almondia",
        "salutation": "Dear Minister,",
        "points": "- Who {person} is, and that {they} asked for heated classrooms.\n"
        "- That the appeal is near, and that an observer from the embassy would be seen.\n"
        "- What you ask: to raise it, and to say so.",
        "subject": "The appeal of {person}, teacher",
        "sample": "I write to you about {person}, a teacher in Sarvabad, who is serving four years for asking that village "
        "classrooms be heated. Would you ask that an observer from our embassy attends the appeal, and tell me what you did?",
    },
    "fa": {
        "title": "به وزیر خارجهٔ کشور خودتان نامه بنویسید",
        "whom": "وزیر امور خارجهٔ بادامستان",
        "salutation": "جناب وزیر،",
        "points": "- {person} کیست و اینکه گرم‌کردن کلاس‌ها را خواسته بود.\n- اینکه دادگاه تجدیدنظر نزدیک است و حضور ناظری از "
        "سفارت دیده می‌شود.\n- خواستهٔ شما: آن را مطرح کنند و بگویند که چنین کرده‌اند.",
        "subject": "دادگاه تجدیدنظر {person}، آموزگار",
        "sample": "دربارهٔ {person} می‌نویسم، آموزگاری در سروآباد که برای درخواست گرم‌کردن کلاس‌های روستا چهار سال حبس را "
        "می‌گذراند. آیا می‌خواهید ناظری از سفارت ما در دادگاه تجدیدنظر حاضر باشد و به من بگویید چه کردید؟",
    },
}
APPEAL = {
    "en": {
        "title": "Ask the bar association to send an observer",
        "whom": "The President of the Bar Association of Almondia",
        "salutation": "Dear President,",
        "points": "- That {person} chose a lawyer, who may not see the file.\n- What an observer in the room would change.",
        "subject": "An observer for the appeal of {person}",
        "sample": "The appeal of {person}, a teacher in Sarvabad, will be heard soon. The lawyer {they} chose has not seen the "
        "file. Would you send an observer, and say publicly that you did?",
    },
    "fa": {
        "title": "از کانون وکلا بخواهید ناظری بفرستد",
        "whom": "رئیس کانون وکلای بادامستان",
        "salutation": "جناب رئیس،",
        "points": "- {person} وکیلی برگزیده که اجازهٔ دیدن پرونده را ندارد.\n- حضور یک ناظر در سالن چه چیز را عوض می‌کند.",
        "subject": "ناظری برای دادگاه تجدیدنظر {person}",
        "sample": "دادگاه تجدیدنظر {person}، آموزگاری در سروآباد، به‌زودی برگزار می‌شود. وکیل برگزیدهٔ او پرونده را ندیده است. آیا "
        "ناظری می‌فرستید و این را آشکارا می‌گویید؟",
    },
}
GATHERING = {
    "en": {
        "title": "An hour with lamps for {person_short}",
        "about": "We meet in Port Corvela, read aloud what pupils wrote, and go home. Bring a lamp, and no sign of any party.",
        "place": "The yard of the old school, 4 Almond Street. The gate on the side of the canal is open.",
    },
    "fa": {
        "title": "یک ساعت با چراغ برای {person_short}",
        "about": "در پورت کورولا گرد می‌آییم، نوشته‌های شاگردان را بلند می‌خوانیم و به خانه می‌رویم. چراغی بیاورید، و نه نشان هیچ "
        "حزبی.",
        "place": "حیاط مدرسهٔ قدیمی، خیابان بادام، شمارهٔ ۴. در سوی آبراه باز است.",
    },
}
STATEMENT = {
    "en": {
        "title": "Teachers’ organisations on the appeal of {person}",
        "body": "We, organisations of teachers and of those who learn from them, ask the Court of Appeal to hear "
        "{person} in public, with the lawyer {they} chose.\n\nA child that is cold does not learn. To say so is teaching.",
    },
    "fa": {
        "title": "سازمان‌های معلمان دربارهٔ دادگاه تجدیدنظر {person}",
        "body": "ما، سازمان‌های معلمان و آموختگان از ایشان، با احترام از دادگاه تجدیدنظر می‌خواهیم {person} را علنی و با حضور "
        "وکیل انتخابی او بشنود.\n\nکودکی که سردش است نمی‌آموزد. گفتن این، کار معلم است.",
    },
}
PLEDGE = {
    "en": {
        "title": "Keep one lamp lit on the evening before the hearing",
        "body": "Put a lamp into your window on the evening before {person_short} is heard, and tell whoever asks what for.",
    },
    "fa": {
        "title": "شب پیش از دادگاه یک چراغ روشن نگه دارید",
        "body": "شب پیش از دادگاه {person_short} چراغی پشت پنجره بگذارید و به هر که پرسید بگویید برای چیست.",
    },
}
SHARE = {
    "en": {
        "title": "Tell one person you know",
        "text": "{person} asked for heated classrooms, and is in prison for it. Here one can stand with {them}:",
    },
    "fa": {
        "title": "به یک نفر که می‌شناسید بگویید",
        "text": "{person} گرم‌کردن کلاس‌ها را خواست و برای همین در زندان است. اینجا می‌توان کنار او ایستاد:",
    },
}
OFFERED: tuple[tuple[str, dict[str, dict[str, str]], dict[str, Any]], ...] = (
    ("message", MESSAGE, {"organisations": True, "case": True, "politics": True}),
    (
        "letter",
        LETTER,
        {"country": "", "mailbox": "minister@foreign.demo.example", "postal": "1 Harbour Street\nAlmond Bay"},
    ),
    ("appeal", APPEAL, {"country": "", "mailbox": "president@bar.demo.example"}),
    ("pledge", PLEDGE, {}),
    ("share", SHARE, {}),
)
WRITERS = (
    ("Roya Demo", "en", "It rained here all night. In the morning the whole street smelled of bread.", True, True),
    ("Karim Demo", "fa", "کلاس ما امروز یک ساعت تمام به یک گنجشک خندید. به یادتان هستیم.", True, True),
    ("Ines Demo", "en", "My daughter learned to whistle this week. She wants me to tell you.", False, True),
    ("Omid Demo", "fa", "بهار نزدیک است؛ درخت بادام زودتر از همه خبر دارد.", True, False),
    ("Yara Demo", "en", "I planted beans on the balcony. Three came up, and one is in a hurry.", True, True),
)
READ = 3  # of them were read by a moderator; the others wait


def seed(campaign: Campaign, writer: Person, approver: Person, *, at: datetime) -> None:
    if campaign.actions.filter(has_own_words=True).exists():
        return
    evening = (at + MEETS_IN).strftime("%Y-%m-%dT18:30")
    meets = {"place": "NL Europe/Amsterdam", "starts": evening, "minutes": 60, "room": 60}
    release = (at + RELEASED_IN).replace(minute=0, second=0, microsecond=0)
    for kind, texts, options in (
        *OFFERED,
        ("gathering", GATHERING, meets),
        ("sign_on", STATEMENT, {"release": release.isoformat()}),
    ):
        action = offering.offer(campaign.pk, kind, by=writer, at=at)
        offering.write(action.pk, options=options, texts=texts, by=writer, at=at)
        for part in parts_of(Action.objects.get(pk=action.pk)):
            offering.approve(action.pk, part.name, digest=part.digest, by=approver, at=at)
        offering.open_(action.pk, by=approver, at=at)
    messages = campaign.actions.get(kind="message")
    for number, (row, is_read) in enumerate(_written(messages, at=at)):
        if is_read:
            message = row.message
            moderating.accept(message.pk, digest=message.digest_now(), by=approver, at=at + timedelta(seconds=number))
    outcome = observing.record_outcome(
        campaign.pk, what="family_visit", grade="relief", on=at.date(), reporter="family", by=writer, at=at
    )
    observing.verify(outcome.pk, by=approver, at=at)


def _written(action: Action, *, at: datetime) -> Iterator[tuple[Any, bool]]:
    for number, (name, language, words, show_name, show_words) in enumerate(WRITERS):
        answers = MessageAnswers(words=words, show_name=show_name, show_words=show_words)
        address = stored_form(f"writer-{number}@demo.example")
        entry = acting.Entry(address=address, name=name, language=language, answers=answers)
        row = acting.enter(action.pk, entry, at=at)
        yield acting.confirm(row.pk, name=name, answers=answers, at=at), number < READ
