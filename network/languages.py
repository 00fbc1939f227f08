"""Languages: which way they run, and which calendar leads."""

RIGHT_TO_LEFT = frozenset({"fa", "ar", "ckb"})
JALALI = frozenset({"fa", "ckb"})


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
