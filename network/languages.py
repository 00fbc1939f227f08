"""Languages: which way they run, and which calendar leads."""

RIGHT_TO_LEFT = frozenset({"fa", "ar", "ckb"})
JALALI = frozenset({"fa", "ckb"})


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


# Each language by its own name, in the order in which they are offered.
NAMES_OF_LANGUAGES = (
    ("en", "English"),
    ("fa", "فارسی"),
    ("ar", "العربية"),
    ("ckb", "کوردی"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
)
