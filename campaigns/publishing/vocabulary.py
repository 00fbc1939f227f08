"""What the record's codes are called, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.models import (
    Campaign,
    Case,
    CaseLink,
    ContributionRating,
    Defender,
    DefenderName,
    Demand,
    GuardedWord,
    Harm,
    Message,
    Outcome,
    PublicationConsent,
    RiskAssessment,
    SpecialCategory,
    TimelineEvent,
)

Sector, Right, Kind, Category = Defender.Sector, Case.Right, TimelineEvent.Kind, SpecialCategory.Category
Scope = PublicationConsent.Scope

SECTORS: dict[str, Any] = {
    Sector.WOMEN: _("Women’s rights"),
    Sector.STUDENTS: _("Students"),
    Sector.WORKERS: _("Workers"),
    Sector.TEACHERS: _("Teachers"),
    Sector.LAWYERS: _("Lawyers"),
    Sector.JOURNALISTS: _("Journalists"),
    Sector.WRITERS: _("Writers"),
    Sector.ARTISTS: _("Artists"),
    Sector.ENVIRONMENT: _("Environment"),
    Sector.ETHNIC_RIGHTS: _("Rights of ethnic communities"),
    Sector.RELIGIOUS_MINORITY: _("Religious minorities"),
    Sector.LGBTIQ: _("LGBTIQ+ people"),
    Sector.FAMILIES_SEEKING_JUSTICE: _("Families seeking justice"),
    Sector.ANTI_DEATH_PENALTY: _("Against the death penalty"),
    Sector.CHILDREN: _("Children’s rights"),
    Sector.DISABILITY: _("Rights of people with disabilities"),
}
RIGHTS: dict[str, Any] = {
    Right.LIFE: _("Life"),
    Right.LIBERTY: _("Liberty and security"),
    Right.TORTURE: _("Freedom from torture"),
    Right.FAIR_TRIAL: _("A fair trial"),
    Right.EXPRESSION: _("Expression"),
    Right.ASSEMBLY: _("Peaceful assembly"),
    Right.ASSOCIATION: _("Association"),
    Right.RELIGION: _("Thought and religion"),
    Right.EQUALITY: _("Equality"),
    Right.WOMEN: _("Equality of women"),
    Right.PRIVACY: _("Privacy and family"),
    Right.MOVEMENT: _("Movement"),
    Right.PARTICIPATION: _("Public affairs"),
    Right.WORK: _("Work"),
    Right.UNIONS: _("Trade unions and strikes"),
    Right.EDUCATION: _("Education"),
    Right.HEALTH: _("Health"),
    Right.LIVELIHOOD: _("An adequate standard of living"),
    Right.CULTURE: _("Culture and language"),
    Right.CHILDREN: _("Protection of children"),
    Right.REPRISALS: _("Freedom from reprisals"),
}
CATEGORIES: dict[str, Any] = {
    Category.ETHNICITY: _("Ethnicity"),
    Category.RELIGION: _("Religion or belief"),
    Category.ORIENTATION: _("Orientation or identity"),
    Category.HEALTH: _("Health"),
}
# Some words are those of a status too; many languages say what happened in other words than how things stand.
EVENTS: dict[str, Any] = {
    Kind.SUMMONS: pgettext_lazy("event", "Summoned"),
    Kind.RAID: _("Home searched"),
    Kind.ARREST: pgettext_lazy("event", "Arrested"),
    Kind.TRANSFER: _("Moved"),
    Kind.INTERROGATION: _("Interrogated"),
    Kind.SOLITARY: _("Put in solitary confinement"),
    Kind.CONTACT: _("Contact allowed"),
    Kind.CONTACT_DENIED: _("Contact denied"),
    Kind.LAWYER_REFUSED: _("Lawyer refused"),
    Kind.CHARGE: pgettext_lazy("event", "Charged"),
    Kind.HEARING: _("Hearing"),
    Kind.VERDICT: _("Verdict"),
    Kind.APPEAL: _("Ruling on appeal"),
    Kind.SENTENCE_START: _("Sentence began"),
    Kind.HUNGER_STRIKE: _("Hunger strike began"),
    Kind.HUNGER_STRIKE_END: _("Hunger strike ended"),
    Kind.MEDICAL_TRANSFER: _("Taken to hospital"),
    Kind.MEDICAL_DENIAL: pgettext_lazy("event", "Medical care denied"),
    Kind.FLOGGING: _("Flogged"),
    Kind.BAIL: pgettext_lazy("event", "Out on bail"),
    Kind.FURLOUGH: pgettext_lazy("event", "On furlough"),
    Kind.RELEASE: pgettext_lazy("event", "Released"),
    Kind.REARREST: _("Arrested again"),
    Kind.DISMISSAL: _("Dismissed from work"),
    Kind.EXPULSION: _("Expelled from study"),
    Kind.BAN: _("Banned"),
    Kind.THREAT_TO_FAMILY: _("Family threatened"),
    Kind.CONFESSION_AIRED: _("Forced confession broadcast"),
    Kind.EXECUTION_NOTICE: _("Told of execution"),
    Kind.EXECUTION: pgettext_lazy("event", "Executed"),
    Kind.DEATH: pgettext_lazy("event", "Died"),
    Kind.STATEMENT_BY_STATE: _("The State speaks"),
    Kind.UN_COMMUNICATION: _("United Nations communication"),
    Kind.ACTION_LAUNCHED: _("Action launched"),
    Kind.RESPONSE: _("Response"),
    Kind.OTHER: pgettext_lazy("event", "Another event"),
}
SCOPES: dict[str, Any] = {
    Scope.NAME: _("Their name"),
    Scope.ALIAS: _("An alias instead of the name"),
    Scope.NARRATIVE: _("What happened"),
    Scope.PETITION: _("Signatures being asked for"),
    Scope.CHARGES: _("The charges"),
    Scope.PHOTO: _("A photograph"),
    Scope.QUOTE: _("Their own words"),
    Scope.TRANSLATION: _("Their own words in translation"),
    Scope.HEALTH: _("Their health"),
    Scope.FAMILY: _("What happens to the family"),
    Scope.PROVINCE: _("The province"),
    Scope.AGE: _("Their age when it happened"),
    Scope.ETHNICITY: _("Ethnicity"),
    Scope.RELIGION: _("Religion or belief"),
    Scope.ORIENTATION: _("Orientation or identity"),
    Scope.MEDIA: _("Being put in touch with the press"),
    Scope.UN_LETTER: _("A United Nations letter with the name to the Government"),
    Scope.UN_REPORT: _("The name in public reports of the United Nations"),
    Scope.MEMORIAL: _("Remembrance after death"),
    Scope.CHILD: _("For a child: all ticked here, said by who answers for them"),
}
# What a happening may be told by: its own scope beside "what happened".
NEEDED_BY_EVENT: dict[str, str] = {
    Kind.CHARGE: Scope.CHARGES,
    Kind.HEARING: Scope.CHARGES,
    Kind.VERDICT: Scope.CHARGES,
    Kind.APPEAL: Scope.CHARGES,
    Kind.SENTENCE_START: Scope.CHARGES,
    Kind.HUNGER_STRIKE: Scope.HEALTH,
    Kind.HUNGER_STRIKE_END: Scope.HEALTH,
    Kind.MEDICAL_TRANSFER: Scope.HEALTH,
    Kind.MEDICAL_DENIAL: Scope.HEALTH,
    Kind.THREAT_TO_FAMILY: Scope.FAMILY,
}
SCOPE_OF_CATEGORY: dict[str, str] = {
    Category.ETHNICITY: Scope.ETHNICITY,
    Category.RELIGION: Scope.RELIGION,
    Category.ORIENTATION: Scope.ORIENTATION,
    Category.HEALTH: Scope.HEALTH,
}

Name, Guarded, Consent = DefenderName.Kind, GuardedWord.Kind, PublicationConsent
NAME_KINDS: dict[str, Any] = {
    Name.KNOWN_AS: _("Known as"),
    Name.LEGAL: _("Legal name"),
    Name.PEN_NAME: _("Pen name"),
    Name.TRANSLITERATION: _("Transliteration"),
    Name.ALIAS: _("Alias"),
}
GUARDED: dict[str, Any] = {
    Guarded.PLACE: _(
        "Places that must never be told, one a line, in each script: town, school, workplace, prison ward"
    ),
    Guarded.PERSON: _("People who must never be named, one a line, in each script: relatives, colleagues, sources"),
    Guarded.DATE: _("Days that must never be told, one a line, as 2001-12-31: a birthday, a visit"),
    Guarded.OTHER: _("Anything else that must never be told, one a line"),
}
CAPACITIES: dict[str, Any] = {
    Consent.Capacity.FREE: _("Free to decide"),
    Consent.Capacity.IN_CUSTODY: _("In custody: a yes given there counts little; ask family or lawyer too"),
    Consent.Capacity.MINOR: _("A child"),
    Consent.Capacity.DECEASED: _("They have died; the family decides"),
}
CHANNELS: dict[str, Any] = {
    Consent.Channel.IN_PERSON: _("In person"),
    Consent.Channel.SECURE_CALL: _("By a secure call"),
    Consent.Channel.LAWYER: _("Through the lawyer"),
    Consent.Channel.LETTER: _("By letter"),
    Consent.Channel.OWN_POST: _("By their own public words"),
}
EXPLAINED: dict[str, Any] = {
    Consent.Explained.PURPOSE: _("What it is for"),
    Consent.Explained.AUDIENCES: _("Who will read it"),
    Consent.Explained.WORST_CASE: _("The worst that can happen"),
    Consent.Explained.NO_WAY_BACK: _("What was online once cannot be fully taken back"),
}
AUDIENCES: dict[str, Any] = {
    Consent.ScopeAudience.PUBLIC: _("Everybody"),
    Consent.ScopeAudience.PARTNERS: _("Partners that are given this case, and nobody else"),
}

Question, Answer = RiskAssessment.Question, RiskAssessment.Answer
RISK_QUESTIONS: dict[str, Any] = {
    Question.QUIET: _("Has the person or the family asked for quiet?"),
    Question.TIMING: _("Would noise harm now: a trial, a negotiation, a transfer to hospital?"),
    Question.SOURCE: _("Does any detail reveal a source or a channel?"),
    Question.HOSTILE: _("Could it be made to look like contact with something “hostile”?"),
    Question.OTHERS: _("Could family, cellmates, colleagues or supporters be hurt by it?"),
}
ANSWERS: dict[str, Any] = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.NOT_KNOWN: _("We do not know")}

Asks, Link = Demand.Asks, CaseLink.Kind
LINKS: dict[str, Any] = {
    Link.CO_DEFENDANT: _("Charged together with"),
    Link.SAME_EVENT: _("Harmed in the same event as"),
    Link.COLLEAGUE: _("Works with"),
    Link.FAMILY: _("Of one family with"),
    Link.LAWYER: _("One defends the other:"),
}
ASKED: dict[str, Any] = {
    Asks.RELEASE: _("Release"),
    Asks.DROP_CHARGES: _("Drop the charges"),
    Asks.FAIR_TRIAL: _("A fair trial"),
    Asks.MEDICAL_CARE: _("Medical care"),
    Asks.FAMILY_ACCESS: _("Visits by family and lawyer"),
    Asks.END_HARASSMENT: _("An end to harassment"),
    Asks.INVESTIGATE: _("An independent investigation"),
}
ENDINGS: dict[str, Any] = {
    Campaign.Ending.MET: _("What it asked for has happened."),
    Campaign.Ending.MET_IN_PART: _("Part of what it asked for has happened."),
    Campaign.Ending.HANDED_OVER: _("The letter was handed over."),
    Campaign.Ending.MOOT: _("What it asked for can no longer be done."),
    Campaign.Ending.ENDED: _("It ended without what it asked for."),
}
DECLINED: dict[str, Any] = {
    Message.Reason.MAY_HARM: _("It could harm somebody if others read it."),
    Message.Reason.RULED_OUT: _("It names an organisation, the case or politics, and would not get through."),
    Message.Reason.OFF_TOPIC: _("It is not for the person it would go to."),
    Message.Reason.UNKIND: _("It attacks somebody."),
    Message.Reason.UNREADABLE: _("We could not read it."),
}
OUTCOMES: dict[str, Any] = {
    Outcome.What.NO_REPLY: _("No answer came"),
    Outcome.What.REPLY: _("Whoever was asked answered"),
    Outcome.What.RAISED: _("The case was raised by a government, a parliament or an international body"),
    Outcome.What.FAMILY_VISIT: _("The family could visit"),
    Outcome.What.LAWYER_ACCESS: _("A lawyer could come"),
    Outcome.What.MEDICAL_CARE: _("Medical care was given"),
    Outcome.What.BETTER_PLACE: _("Moved to a better place"),
    Outcome.What.FURLOUGH: _("Out on leave"),
    Outcome.What.BAIL: _("Out on bail"),
    Outcome.What.SENTENCE_REDUCED: _("The sentence was reduced"),
    Outcome.What.CHARGE_DROPPED: _("A charge was dropped"),
    Outcome.What.INVESTIGATION: _("An investigation was opened"),
    Outcome.What.ACQUITTED: pgettext_lazy("outcome", "Acquitted"),
    Outcome.What.RELEASED: pgettext_lazy("outcome", "Released"),
    Outcome.What.CONTACT_CUT: _("Contact was cut off"),
    Outcome.What.WORSE_PLACE: _("Moved to a worse place"),
    Outcome.What.NEW_CHARGE: _("A new charge was brought"),
    Outcome.What.SENTENCE_LONGER: _("The sentence was made longer"),
}
GRADES: dict[str, Any] = {
    Outcome.Grade.WORSE: _("worse than before"),
    Outcome.Grade.NO_CHANGE: _("no change"),
    Outcome.Grade.RELIEF: _("some relief"),
    Outcome.Grade.PARTIAL: _("part of what was asked for"),
    Outcome.Grade.FULL: _("what was asked for"),
}
CONTRIBUTIONS: dict[str, Any] = {
    ContributionRating.Value.NONE_EVIDENT: _("no part of ours is evident"),
    ContributionRating.Value.PLAUSIBLE: _("a part of ours is plausible, beside that of others"),
    ContributionRating.Value.ACKNOWLEDGED: _(
        "a part of ours was acknowledged by the person, the family or an official"
    ),
    ContributionRating.Value.DOCUMENTED: _("a part of ours is documented"),
}
HARMS: dict[str, Any] = {
    Harm.What.FAMILY_PRESSED: _("The family was pressed or threatened"),
    Harm.What.TREATED_WORSE: _("The person was treated worse"),
    Harm.What.NEW_CHARGE: _("A new charge was brought"),
    Harm.What.SUPPORTER_HURT: _("A supporter was hurt or threatened"),
    Harm.What.SOURCE_EXPOSED: _("A source was exposed"),
    Harm.What.OTHER: _("Something else"),
}
