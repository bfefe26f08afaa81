"""Words that report what somebody said or holds: by act, by what they take, as questions use them.

Made for this project from general knowledge of English and from how often a word reports in the
training part of PolNeAR (Newell, Margolin and Ruths 2018).
"""

from index.language.word_classes import word_set
from index.statements import Act

SPEECH_BY_ACT: dict[Act, frozenset[str]] = {
    Act.SAY: word_set("""
        say tell add note argue claim write state continue explain insist point agree acknowledge
        admit concede contend maintain assert affirm reaffirm reiterate repeat stress emphasize
        emphasise underscore underline observe remark comment respond reply answer retort counter
        recall recount remember conclude warn caution predict forecast suggest indicate imply hint
        joke quip laugh boast brag tout lament complain bemoan grumble gripe object protest tweet
        post email text blog chant shout yell scream cry exclaim whisper mutter murmur interject
        interrupt chime quote read echo describe call label dub brand promise pledge vow swear
        assure reassure vouch guarantee threaten urge implore plead beg appeal advise recommend
        counsel encourage remind inform notify brief testify allege charge accuse speak talk discuss
        mention refer allude elaborate clarify reason muse opine declare proclaim pronounce confess
        confide lecture preach scold chide rebuke tease mock thunder rail fume snap bark sigh sneer
        scoff gush marvel enthuse apologize apologise thank congratulate praise applaud hail commend
        laud welcome criticize criticise blast slam denounce decry condemn deride ridicule attack
        assail lambast lambaste bash rip blame defend dismiss cite stipulate specify speculate
        theorize theorise postulate posit summarize summarise sum volunteer offer venture vent vouch
        attest certify signal decline refuse react deadpan intone recite narrate relate retweet tack
        highlight outline express voice propose underline liken characterise characterize reference
        detail disagree extol chastise admonish exhort compliment credit reprimand deplore compare
        rule address advocate fault
    """),
    Act.ASK: word_set("""
        ask question wonder inquire enquire query demand request press challenge quiz
    """),
    Act.DENY: word_set("""
        deny dispute refute rebut reject disavow repudiate contradict disown
    """),
    Act.ANNOUNCE: word_set("""
        announce unveil reveal disclose confirm divulge release issue publicize publicise
    """),
    Act.REPORT: word_set("""
        report estimate find show conclude_by publish calculate
    """),
}
"""Verbs of utterance, by a person, a paper or a survey."""
SPEECH_VERBS = frozenset().union(*SPEECH_BY_ACT.values())

ATTITUDE_VERBS = word_set("""
    believe think feel hope want wish expect fear worry doubt suspect know understand see consider
    view regard assume presume guess figure reckon imagine suppose support oppose back favor favour
    endorse prefer like love hate dislike need intend plan aim seek mean learn realize realise
    recognize recognise appreciate respect trust distrust agree_with regret anticipate dream desire
    decide determine admire despise champion embrace promote disapprove
""")
"""Verbs of belief and will, which is held, not uttered."""
REPORTING_VERBS = SPEECH_VERBS | ATTITUDE_VERBS

LIGHT_VERBS = word_set("""
    make give issue express voice raise release put deliver offer file write post repeat have send
    launch submit renew draw take lodge level reiterate echo share sound
""")
"""With a noun for speech they report: "made a statement"; others do a deed: "opened the debate"."""
NOUNS_BY_ACT: dict[Act, frozenset[str]] = {
    Act.SAY: word_set("""
        statement claim remark comment assertion argument allegation accusation criticism warning
        suggestion contention description explanation complaint promise pledge vow threat testimony
        tweet speech prediction response reply answer message letter quote praise apology appeal
        condemnation
    """),
    Act.ASK: word_set("question demand request call inquiry"),
    Act.DENY: word_set("denial rejection"),
    Act.ANNOUNCE: word_set("announcement disclosure revelation declaration"),
    Act.REPORT: word_set("report finding estimate study survey poll"),
    Act.ATTITUDE: word_set("""
        belief view opinion hope fear concern worry desire wish expectation doubt suspicion
        conviction sense thought feeling
    """),
}
"""Nouns that stand for the act: "her claim that", "in a statement"."""
ACTS: dict[str, Act] = {
    **{noun: act for act, nouns in NOUNS_BY_ACT.items() for noun in nouns},
    **dict.fromkeys(ATTITUDE_VERBS, Act.ATTITUDE),
    **{verb: act for act, verbs in SPEECH_BY_ACT.items() for verb in verbs},
}
"""Of every verb and noun above."""
NEGATIVE_VERBS = word_set("decline refuse")
"""To decline to comment is not to say; to deny is to say that it is not so."""
WITHHELD_VERBS = SPEECH_VERBS | word_set("""
    be give identify name provide elaborate take make divulge engage go think endorse support back
    oppose
""")
"""To decline to do this is to say nothing: "declined to be named", "refused to give a reason"."""
PHASE_VERBS = word_set("continue go begin start keep try proceed want seek come stop")
"""The verb after them is what was done: "went on to argue"."""
TWO_WORD_VERBS = {
    "went": "on", "goes": "on", "shot": "back", "fired": "back", "hit": "back", "fires": "back",
    "shoots": "back", "hits": "back", "chimed": "in", "chimes": "in", "points": "out",
    "pointed": "out", "put": "it", "puts": "it",
}  # fmt: skip
"""Verbs that report only together with the next word."""
SAYS_AFTER_NAME = (
    "said|says|told|tells|added|adds|wrote|writes|argued|argues|warned|insisted|tweeted|explained"
    "|thinks|believes|noted|asked|replied|recalled|acknowledged|testified|promised|vowed|joked"
    "|smiled|laughed"
)
"""Right after a name these say that it is a person's. A pattern."""
STRONG_VERBS = word_set("""
    say tell add write tweet note argue explain continue reply respond recall declare insist remark
    quip joke shout yell chant exclaim state warn admit concede acknowledge announce ask claim
    contend assert reiterate testify email observe comment lament boast counter retort interject
    react predict caution stress emphasize conclude vow read muse opine deadpan
""")
"""Beside a quotation these make a speaker certain."""
CLAUSE_VERBS = word_set("""
    say add note argue claim explain insist acknowledge admit concede contend maintain assert
    reaffirm reiterate stress emphasize emphasise underscore observe recall conclude warn caution
    predict suggest indicate imply hint joke boast complain lament promise pledge vow swear testify
    allege declare proclaim announce reveal disclose confirm report estimate deny believe think hope
    fear worry doubt suspect know feel state write assume argue speculate recommend respond reply
    remark agree remember realize realise imagine expect find show learn understand guess figure
    reckon regret quip mention tweet repeat
""")
"""Take a clause, with "that" or bare: "said (that) it rains"."""
THAT_VERBS = word_set("""
    write respond reply remark imply hint speculate recommend regret boast complain lament joke find
    show learn understand guess figure reckon know feel observe report remember see recall reveal
    mention tweet repeat conclude testify allege declare worry doubt emphasize emphasise stress
    underscore estimate imagine expect realize realise quip swear indicate decide determine assure
    remind inform notify
""")
"""Certain to report a clause only with "that"; bare, they mostly take an object."""
LISTENER_VERBS = word_set("tell assure reassure remind inform notify warn advise promise persuade")
"""The listener comes before the content: "told Reuters that"."""
HEARER_VERBS = word_set("""
    tell warn inform assure reassure remind notify brief ask urge advise encourage implore beg
    question quiz press counsel
""")
"""In the passive their subject only listens: "she was told that"."""
INTENTION_VERBS = word_set("want hope plan intend aim seek wish need prefer like desire decide")
"""With "to" and a verb of speech they say what nobody has said yet: "plans to tell them"."""
WHETHER_VERBS = word_set("ask wonder question inquire enquire know doubt")
"""Take "whether", "if", "how", "why"."""
COGNITION_VERBS = word_set("""
    know see realize realise recognize recognise love like feel learn seek determine decide
    understand appreciate want wish aim plan intend need desire dream imagine mean respect
""")
"""Often thought or done without a word: less certain than other verbs to report."""
DEED_VERBS = word_set("release issue publish charge continue volunteer read post")
"""Of the verbs of speech, those that are deeds as often."""
PROOF_VERBS = word_set("show find prove demonstrate discover")
"""A study reports by them; what a person does so is a deed."""
NOUN_LIKE_VERBS = word_set("""
    reports figures claims states estimates shows demands comments remarks notes charges questions
    answers doubts fears hopes worries promises threats releases issues posts quotes details credits
""")
"""Forms that are as often a noun in the plural: "sales figures that", "incident reports that"."""
DENIABLE_VERBS = STRONG_VERBS | word_set("""
    tell call describe suggest promise pledge assure inform accuse speak talk mention discuss imply
    hint criticise criticize praise blame urge advise agree confirm threaten allege complain
""")
"""To deny doing this is to say that nothing was said: "denied calling it a mistake"."""
PERSUASION_VERBS = DENIABLE_VERBS | word_set("persuade convince show prove demonstrate sway")
"""What can be planned that would be speech."""
BLAMING_VERBS = word_set("""
    accuse blame criticise criticize praise condemn announce confirm deny reject dismiss mention
    allege question challenge say claim argue suggest quote cite
""")
"""In the passive they report words of somebody who is not named: "has been blamed for"."""
INFINITIVE_VERBS = word_set("""
    want hope promise pledge vow threaten offer refuse decline plan seek intend urge ask agree
    expect demand prefer wish propose swear like
""")
"""Take "to do": "vowed to stay"."""
OBJECT_VERBS = word_set("""
    criticize criticise praise blast slam denounce decry condemn deride ridicule mock attack assail
    lambast lambaste bash blame defend dismiss support oppose endorse favor favour back reject
    question dispute deny accuse describe call label dub applaud hail commend laud welcome announce
    tout cite discuss mention propose demand suggest acknowledge express urge prefer predict fear
    promise pledge want support advocate reveal promote embrace challenge stress emphasize emphasise
    highlight outline underline underscore voice cite note detail deplore lament
""")
"""Take a thing: "criticised the plan"."""
SURE_OBJECT_VERBS = word_set("""
    praise criticise criticize condemn denounce decry deplore highlight stress emphasise emphasize
    underline underscore welcome hail applaud laud commend blame lament bemoan deride ridicule
""")
"""Of these, those that always report: whoever praises a thing says so."""
MENTION_VERBS = word_set("""
    announce tout cite discuss mention propose reveal promote outline detail note voice express
    address recount release issue publish unveil introduce share present offer highlight describe
    speak talk refer allude comment elaborate remark reference narrate relate disclose underline
    write read deliver repeat raise push pitch advocate sum summarize summarise
    reiterate renew restate echo make
""")
"""With a bare noun phrase they say that words were said, not which: "touted the plan"."""

# In questions the lists are shorter: a word that asks for speech must not be a common noun or deed.
QUESTION_LISTENER_VERBS = word_set("tell warn inform assure remind notify brief ask urge promise")
"""The listener may follow: "tell the panel"."""
SPEECH_ONLY_VERBS = word_set("""
    say tell think believe warn deny claim comment argue add ask call describe predict explain
    promise vow pledge insist admit acknowledge concede state suggest respond reply react remark
    speak talk mention testify caution complain allege assert stress emphasise emphasize criticise
    criticize accuse blame praise condemn reject dismiss dispute boast joke apologise apologize
    highlight outline underline underscore denounce deplore lament express justify
""")
"""They always ask for words: an answer must be that person's, and reported."""
SPEECH_OR_DEED_VERBS = word_set("""
    announce declare report write note recommend propose demand reveal confirm disclose voice recall
    estimate expect urge agree disagree support oppose endorse decline refuse rule raise cite
    welcome
""")
"""Often about speech, as often about deeds: "When did the bank announce its rate?"."""
VIEW_VERBS = word_set("""
    see view feel regard consider defend characterise characterize portray assess
""")
"""They ask for words after "how": "How did X defend the plan?"."""
QUOTED_FORMS = word_set("quoted cited")
"""Passive forms: "how often is X quoted", "what is X quoted as saying"."""
VIEW_NOUNS = word_set("""
    view views position positions stance stances opinion opinions take thoughts comment comments
    reaction reactions response responses remark remarks statement statements quote quotes quotation
    quotations words assessment verdict argument arguments criticism explanation warning warnings
    prediction predictions advice claim claims answer promise promises
""")
"""Nouns for what a person says or thinks about a topic."""
GIVEN_NOUNS = VIEW_NOUNS | word_set("""
    reason reasons excuse excuses justification account description message promise assurance
    assurances apology figure figures estimate details
""")
"""Nouns for what a person gives in words: "What reason did X give for T?"."""
GIVING_VERBS = word_set("""
    give gave given giving offer offered offering make made making provide provided issue issued
    send sent put
""")
QUOTE_NOUNS = word_set("""
    quote quotes quotation quotations statement statements comment comments remark remarks words
    saying sayings
""")
"""Nouns for statements that can be listed: "quotes by X"."""
SYNONYMS = tuple(
    word_set(family)
    for family in (
        "promise vow pledge, warn caution, deny dispute reject dismiss"
        ", criticise criticize condemn blame accuse, announce declare reveal disclose"
        ", admit acknowledge concede confess, demand urge, predict expect estimate"
        ", propose recommend suggest, call describe, apologise apologize, ask, boast, joke"
        ", complain"
    ).split(", ")
)
"""Groups of verbs that ask for the same thing."""
GENERAL_VERBS = SPEECH_ONLY_VERBS - frozenset().union(*SYNONYMS)
"""Verbs that ask for any statement."""

SPEECH_IN_QUESTION = (
    r"\b(say|said|says|saying|tell|told|warn(ed)?|claim(ed)?|deny|denied|argued?|comment(ed)?"
    r"|thinks?|according to|call(ed)?|ask(ed)?|announced?|describe[ds]?|added)\b"
)
"""A pattern for a question about speech, even where its form is not understood."""
REPORTING_WORDS = """
    say said tell told warn claim deny denied argue comment think thought believe according
    call ask announce describe add insist expect confirm admit acknowledge accuse urge promise
    suggest estimate write wrote reply note explain predict caution state report testify
    decline refuse agree apologise apologize blame criticise criticize praise vow pledge demand
    reveal concede remark recall declare voice
"""
"""Beside a name they may say that a sentence reports that person's words."""


def synonyms(lemma: str) -> frozenset[str]:
    """The verbs that answer the one in the question; empty where any does.

    A verb of several words, such as "rule out", has no synonym but itself.
    """
    own = frozenset({lemma}) if " " in lemma else frozenset()
    return next((verbs for verbs in SYNONYMS if lemma in verbs), own)
