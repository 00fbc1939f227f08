"""What the demo network tells of its defenders. Everything here is invented; nobody is meant."""

from __future__ import annotations

PROVINCE = (
    "QX-SA",
    {"en": "Sarv province, Republic of Qaf", "fa": "استان سرو، جمهوری قاف"},
)

LALEH_TEXTS = {
    "en": {
        "who": "Teacher of a village school",
        "summary": "{person_short} is serving four years for asking that village classrooms be heated. An eye specialist, advised by the prison’s own doctor, has been refused.",
        "story": "{person} has taught the third form of a village school for fourteen years, and is secretary of the district’s teachers’ association. Colleagues know {them} for a reading hour on Thursdays, to which grandparents come too.\n\nIn September 2025 {they} drafted a letter to the ministry: nine schools, no working stoves, and what each repair would cost. Two hundred and eleven teachers signed it with {them}. The association asked for a reply within a month. None came; a summons did.",
    },
    "fa": {
        "who": "آموزگار مدرسه‌ای روستایی",
        "summary": "{person_short} برای آن‌که خواسته بود کلاس‌های روستا گرم شوند، چهار سال حبس را می‌گذراند. چشم‌پزشکی که پزشک خودِ زندان توصیه کرده بود، از او دریغ شده است.",
        "story": "{person} چهارده سال آموزگار کلاس سوم مدرسه‌ای روستایی و دبیر انجمن معلمان بخش بوده است. همکارانش او را با ساعت کتاب‌خوانیِ پنجشنبه‌ها می‌شناسند که پدربزرگ‌ها و مادربزرگ‌ها هم به آن می‌آیند.\n\nدر شهریور ۱۴۰۴ نامه‌ای به وزارتخانه نوشت: نُه مدرسه، بی‌بخاریِ سالم، و هزینهٔ هر تعمیر. دویست و یازده معلم آن را با او امضا کردند. انجمن خواست تا یک ماه پاسخ بدهند. پاسخی نیامد؛ احضاریه‌ای آمد.",
    },
}
LALEH_WORDS = {
    "en": "Do not spend your pity on me. Ask that the stoves be lit. I want my hearing to be open, my lawyer to read the file, and the third form not to be cold this winter.",
    "fa": "برای من دل نسوزانید؛ بخواهید که بخاری‌ها را روشن کنند. می‌خواهم دادگاهم علنی باشد، وکیلم پرونده را بخواند، و بچه‌های کلاس سوم این زمستان سردشان نباشد.",
}
# (kind, first day, last day, reporter, confirmed by another, words)
LALEH_EVENTS = [
    (
        "other",
        "2025-09-14",
        "2025-09-14",
        "document",
        True,
        {"en": "The letter on the stoves was sent, with 212 signatures.", "fa": "نامهٔ بخاری‌ها با ۲۱۲ امضا فرستاده شد."},
    ),
    (
        "summons",
        "2025-10-01",
        "2025-10-31",
        "organisation",
        False,
        {
            "en": "Summoned by the education office, then suspended from teaching.",
            "fa": "ادارهٔ آموزش احضارش کرد و سپس از تدریس تعلیق شد.",
        },
    ),
    ("arrest", "2026-02-03", "2026-02-03", "family", True, {"en": "Arrested at home.", "fa": "در خانه بازداشت شد."}),
    (
        "charge",
        "2026-04-21",
        "2026-04-21",
        "lawyer",
        True,
        {
            "en": "Charged with “disturbing public opinion”, Penal Code art. 61.",
            "fa": "به «تشویش اذهان عمومی»، مادهٔ ۶۱ قانون مجازات، متهم شد.",
        },
    ),
    (
        "verdict",
        "2026-07-01",
        "2026-07-01",
        "lawyer",
        True,
        {
            "en": "Sentenced to four years after one session of forty minutes. The lawyer of {their} choice was not admitted.",
            "fa": "پس از یک جلسهٔ چهل دقیقه‌ای به چهار سال زندان محکوم شد. وکیل انتخابی‌اش را راه ندادند.",
        },
    ),
    (
        "medical_denial",
        "2026-10-18",
        "2026-10-18",
        "lawyer",
        True,
        {
            "en": "The prison doctor advised that an eye specialist see {them}. The transfer was refused.",
            "fa": "پزشک زندان توصیه کرد چشم‌پزشک او را ببیند. اعزام را نپذیرفتند.",
        },
    ),
]
# (dimension, value, since, reporter)
LALEH_STATUSES = [
    ("liberty", "detained", "2026-02-03", "family"),
    ("legal", "appeal", "2026-07-20", "lawyer"),
    ("condition", "medical_need_denied", "2026-10-18", "lawyer"),
    ("life", "alive", "2026-11-09", "family"),
]

BARAN_TEXTS = {
    "en": {
        "who": "Nurse dismissed from the night shift",
        "summary": "{person_short} told a public meeting how many patients each night nurse must care for. For that {they} was dismissed, and has been summoned three times.",
        "story": "{person} is an alias. Until {they} was dismissed, {they} worked at night. To keep {them} safe, nothing is told here of {their} workplace, {their} colleagues or {their} family.",
    },
    "fa": {
        "who": "پرستار اخراج‌شدهٔ شیفت شب",
        "summary": "{person_short} در نشستی عمومی گفت هر پرستار شب باید به چند بیمار برسد. برای همین اخراج و سه بار احضار شد.",
        "story": "{person} نامی مستعار است. او تا روزی که اخراج شد شب‌ها کار می‌کرد. برای آن‌که در امان بماند، اینجا از محل کار، همکاران و خانواده‌اش چیزی گفته نمی‌شود.",
    },
}
BARAN_EVENTS = [
    (
        "dismissal",
        "2026-08-01",
        "2026-08-31",
        "organisation",
        True,
        {
            "en": "Dismissed after telling a public meeting how many patients each night nurse must care for.",
            "fa": "پس از آن‌که در نشستی عمومی گفت هر پرستار شب باید به چند بیمار برسد، اخراج شد.",
        },
    ),
    (
        "summons",
        "2026-09-12",
        "2026-09-12",
        "lawyer",
        False,
        {"en": "Summoned for the third time.", "fa": "برای سومین بار احضار شد."},
    ),
]
BARAN_STATUSES = [("liberty", "summoned", "2026-09-12", "lawyer")]
