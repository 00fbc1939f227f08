"""Languages: which way they run, and which calendar leads."""

RIGHT_TO_LEFT = frozenset({"fa", "ar", "ckb"})
JALALI = frozenset({"fa", "ckb"})
# Figures as each language writes them; the others write 0 to 9.
DIGITS = {
    "fa": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
    "ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "ckb": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
}


def digits_of(text: str, language: str) -> str:
    """The same text with the figures of a language."""
    return text.translate(DIGITS.get(language, {}))


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
