"""Action kinds, a folder each under one contract."""


def register_all() -> None:
    from campaigns.kinds.appeal import APPEAL
    from campaigns.kinds.call import CALL
    from campaigns.kinds.contract import register
    from campaigns.kinds.gathering import GATHERING
    from campaigns.kinds.letter import LETTER
    from campaigns.kinds.message import MESSAGE
    from campaigns.kinds.petition import PETITION
    from campaigns.kinds.pledge import PLEDGE
    from campaigns.kinds.share import SHARE
    from campaigns.kinds.sign_on import SIGN_ON

    for kind in (PETITION, LETTER, APPEAL, MESSAGE, CALL, GATHERING, PLEDGE, SIGN_ON, SHARE):
        register(kind)
