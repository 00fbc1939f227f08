"""Action kinds, a folder each under one contract."""


def register_all() -> None:
    from campaigns.kinds.contract import register
    from campaigns.kinds.petition import PETITION

    register(PETITION)
