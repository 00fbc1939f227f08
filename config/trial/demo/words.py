"""What the demo network says, in English and Persian. Everything here is invented; nobody is meant.

Days stand as slots where they are counted from the seeding: days.told fills them.
"""

from __future__ import annotations

TARGET = {
    "en": "the President of the Court of Appeal, Sarvabad, Republic of Qaf",
    "fa": "ریاست محترم دادگاه تجدیدنظر، سروآباد، جمهوری قاف",
}

STOVES = {
    "en": {
        "title": "Light the stoves",
        "context": "teachers · Republic of Qaf",
        "deck": "A primary-school teacher is serving four years for asking that village classrooms be heated. {person_short} will be heard on appeal on {hearing_day}. We ask the court to set the conviction aside and to release {them}.",
        "ask": "To the Court of Appeal in Sarvabad: set the conviction aside and release {person}.",
        "letter": """Your Honour,

{person} taught the third form of a village school for fourteen years. In September 2025 {they} and 211 colleagues wrote to their ministry to say that nine schools in the district had no working heating. For that letter {they} has been in prison since February.

Qaf has been bound by the International Covenant on Civil and Political Rights since 1975. Its Article 19 protects the right to say what {they} said, and Article 22 the right to say it together with others. We respectfully ask the Court:

1. to hear the appeal in public, with the lawyer {they} chose;
2. to set aside the conviction, which punishes nothing but a lawful petition, and to release {them};
3. and, until then, to let an eye specialist see {them} outside the prison, as the prison’s own doctor advised on 18 October.

We will follow the hearing with respect for the Court and with concern for {them}.""",
        "chain": [
            {"title": "What was done", "text": "Wrote to the ministry, with 211 others, about unheated classrooms."},
            {"title": "The charge", "text": "“Disturbing public opinion”, Penal Code art. 61. Up to five years."},
            {
                "title": "The right it touches",
                "text": "Expression and association: ICCPR 19 and 22. Binding on Qaf since 1975.",
            },
            {
                "title": "What we ask",
                "text": "Set the conviction aside and release {them}. A specialist’s care until then.",
            },
        ],
    },
    "fa": {
        "title": "بخاری‌ها را روشن کنید",
        "context": "معلمان · جمهوری قاف",
        "deck": "آموزگاری که خواسته بود کلاس‌های روستا گرم شوند، چهار سال حبس را می‌گذراند. دادگاه تجدیدنظر {person_short} {hearing_day} برگزار می‌شود. از دادگاه می‌خواهیم این حکم را نقض و او را آزاد کند.",
        "ask": "خطاب به دادگاه تجدیدنظر سروآباد: این حکم را نقض و {person} را آزاد کنید.",
        "letter": """با سلام و احترام،

{person} چهارده سال آموزگار کلاس سوم مدرسه‌ای روستایی بوده است. در شهریور ۱۴۰۴ او و ۲۱۱ همکارش به وزارتخانه نوشتند که نُه مدرسهٔ بخش بخاریِ سالم ندارند. برای همان نامه، از بهمن‌ماه تاکنون در زندان است.

جمهوری قاف از سال ۱۹۷۵ به میثاق بین‌المللی حقوق مدنی و سیاسی متعهد است. مادهٔ ۱۹ این میثاق از حق گفتنِ آنچه او گفت پاسداری می‌کند و مادهٔ ۲۲ از حق گفتنِ آن در کنار دیگران. با احترام از دادگاه می‌خواهیم:

1. دادرسی را علنی و با حضور وکیل انتخابی او برگزار کند؛
2. محکومیتی را که جز برای نامه‌ای قانونی نیست نقض و او را آزاد کند؛
3. و تا آن روز بگذارد چشم‌پزشکی بیرون از زندان او را ببیند؛ همان‌گونه که پزشک زندان در ۲۶ مهر سفارش کرده است.

ما با احترام به دادگاه و با دلنگرانی برای او، روند رسیدگی را دنبال می‌کنیم.""",
        "chain": [
            {"title": "چه کرد", "text": "با ۲۱۱ نفر دیگر دربارهٔ کلاس‌های سرد به وزارتخانه نامه نوشت."},
            {"title": "چه اتهامی زده‌اند", "text": "«تشویش اذهان عمومی»، مادهٔ ۶۱ قانون مجازات؛ تا پنج سال."},
            {"title": "کدام حق", "text": "آزادی بیان و تشکل: مواد ۱۹ و ۲۲ میثاق. برای قاف الزام‌آور از ۱۹۷۵."},
            {"title": "چه می‌خواهیم", "text": "نقض حکم و آزادی؛ و تا آن روز، درمان نزد متخصص."},
        ],
    },
}

NURSE = {
    "en": {
        "title": "Let the night shift speak",
        "context": "nurses · Republic of Qaf",
        "deck": "A nurse known here as {person} was dismissed and summoned three times after telling a public meeting how many patients each night nurse must care for. We ask that the summonses end.",
        "ask": "To the Court of Appeal in Sarvabad: end the summonses.",
        "letter": """Your Honour,

A nurse, whom we call {person}, told a public meeting how many patients each night nurse must care for. For that {they} lost the post and has been summoned three times, without a charge.

We respectfully ask that the summonses end, and that {they} may work again.""",
        "chain": [],
    },
    "fa": {
        "title": "بگذارید شب‌کاران سخن بگویند",
        "context": "پرستاران · جمهوری قاف",
        "deck": "پرستاری که او را {person} می‌نامیم، پس از آنکه در نشستی عمومی گفت هر پرستار شب باید به چند بیمار برسد، اخراج و سه بار احضار شد. می‌خواهیم احضارها پایان یابد.",
        "ask": "خطاب به دادگاه تجدیدنظر سروآباد: به احضارها پایان دهید.",
        "letter": """با سلام و احترام،

پرستاری که او را {person} می‌نامیم در نشستی عمومی گفت هر پرستار شب باید به چند بیمار برسد. برای همین کارش را از او گرفتند و سه بار بی‌آنکه اتهامی باشد احضارش کردند.

با احترام می‌خواهیم احضارها پایان یابد و او بتواند به کار بازگردد.""",
        "chain": [],
    },
}

HEARING_ALERT = {
    "en": {
        "subject": "{person_short}: the hearing is on {hearing_day}",
        "kicker": "Something is asked · until {last_day}",
        "preheader": "One minute, by {last_day}: put your name to a letter for a teacher.",
        "body": """Dear {recipient},

On {hearing_day} the Court of Appeal in Sarvabad will hear {person}, who asked that classrooms be heated. On {delivery_day}, every signature will be put on the clerk’s table.

If yours is not among them, **one minute is enough**. If it is, would you ask one teacher you know?""",
        "body_text": """Dear {recipient},

On {hearing_day} the Court of Appeal in Sarvabad will hear {person},
who asked that classrooms be heated. On {delivery_day}, every
signature will be put on the clerk's table.

If yours is not among them, one minute is enough. If it is, would
you ask one teacher you know?""",
        "button": "Put your name to it",
    },
    "fa": {
        "subject": "{person_short}: دادگاه تجدیدنظر، {hearing_day}",
        "kicker": "از شما کاری می‌خواهیم · تا {last_day}",
        "preheader": "یک دقیقه، تا {last_day}: نامتان را پای نامه‌ای برای یک آموزگار بگذارید.",
        "body": """{recipient} گرامی،

روز {hearing_day} دادگاه تجدیدنظر سروآباد به پروندهٔ {person} رسیدگی می‌کند که خواسته بود کلاس‌ها گرم شوند. روز {delivery_day} همهٔ امضاها روی میز دفتر دادگاه خواهد بود.

اگر امضای شما میانشان نیست، **یک دقیقه بس است**. اگر هست، از یک معلم آشنا هم بخواهید.""",
        "body_text": """{recipient} گرامی،

روز {hearing_day} دادگاه تجدیدنظر سروآباد به پروندهٔ {person} رسیدگی
می‌کند که خواسته بود کلاس‌ها گرم شوند. روز {delivery_day} همهٔ
امضاها روی میز دفتر دادگاه خواهد بود.

اگر امضای شما میانشان نیست، یک دقیقه بس است. اگر هست، از یک
معلم آشنا هم بخواهید.""",
        "button": "نام خود را پای آن بگذارید",
    },
}

WELCOME_ALERT = {
    "en": {
        "subject": "You stand with {person_short} now",
        "kicker": "Welcome",
        "preheader": "What happens next, and how to stop these letters.",
        "body": """Dear {recipient},

You joined the people who stand with {person}. When something is asked, or when there is news, a letter like this comes; most weeks there is none.

If you know one person who would sign as well, **show them the page**. Nothing else is needed today.""",
        "body_text": """Dear {recipient},

You joined the people who stand with {person}. When something is
asked, or when there is news, a letter like this comes; most weeks
there is none.

If you know one person who would sign as well, show them the page.
Nothing else is needed today.""",
        "button": "See the campaign",
    },
    "fa": {
        "subject": "اکنون در کنار {person_short} هستید",
        "kicker": "خوش آمدید",
        "preheader": "آنچه در پیش است و راه بس کردن این نامه‌ها.",
        "body": """{recipient} گرامی،

شما به کسانی پیوستید که در کنار {person} هستند. هر گاه چیزی خواسته شود یا خبری باشد، نامه‌ای مانند این می‌رسد؛ بیشتر هفته‌ها نامه‌ای نیست.

اگر کسی را می‌شناسید که او هم امضا می‌کند، **این صفحه را نشانش دهید**. امروز کار دیگری لازم نیست.""",
        "body_text": """{recipient} گرامی،

شما به کسانی پیوستید که در کنار {person} هستند. هر گاه چیزی خواسته
شود یا خبری باشد، نامه‌ای مانند این می‌رسد؛ بیشتر هفته‌ها نامه‌ای
نیست.

اگر کسی را می‌شناسید که او هم امضا می‌کند، این صفحه را نشانش دهید.
امروز کار دیگری لازم نیست.""",
        "button": "کارزار را ببینید",
    },
}

PARTNER_SAYS = {
    "legal_name": "Reading Rooms Without Walls",
    "country": "CH",
    "website": "https://reading-rooms.example/",
    "disclosures": "Paid by its members' fees. No money from any government, party or company.",
    "contact_name": "Roxane Demo",
    "address": "partner@demo.example",
    "language": "en",
}
WAITING_SAYS = {
    "legal_name": "Orchard Lawyers' Circle",
    "country": "CA",
    "website": "https://orchard-circle.example/",
    "disclosures": "Fees of 41 members and two grants from private foundations, listed on the website. No ties to parties.",
    "contact_name": "Omid Demo",
    "address": "orchard@demo.example",
    "language": "en",
}
