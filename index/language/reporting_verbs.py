"""Which words report what somebody said or holds, by act and by what they take. Data, no code.

Made for this project from general knowledge of English and from how often a word reports in the
training part of PolNeAR (Newell, Margolin and Ruths 2018).
"""

from index.statements import Act

SPEECH: dict[Act, str] = {
    Act.SAY: """
        say tell add note argue claim write state continue explain insist point agree acknowledge
        admit concede contend maintain assert affirm reaffirm reiterate repeat stress emphasize
        emphasise underscore underline observe remark comment respond reply answer retort counter
        recall recount remember conclude warn caution predict forecast suggest indicate imply hint
        joke quip laugh boast brag tout lament complain bemoan grumble gripe object protest tweet
        post email text blog chant shout yell scream cry exclaim whisper mutter murmur interject
        interrupt chime quote read echo describe call label dub brand promise pledge vow swear
        assure reassure vouch guarantee threaten urge implore plead beg appeal advise recommend
        counsel encourage remind inform notify brief testify allege charge accuse speak talk
        discuss mention refer allude elaborate clarify reason muse opine declare proclaim
        pronounce confess confide lecture preach scold chide rebuke tease mock thunder rail
        fume snap bark sigh sneer scoff gush marvel enthuse apologize apologise thank
        congratulate praise applaud hail commend laud welcome criticize criticise blast slam
        denounce decry condemn deride ridicule attack assail lambast lambaste bash rip blame
        defend dismiss cite stipulate specify speculate theorize theorise postulate posit
        summarize summarise sum volunteer offer venture vent vouch attest certify signal
        decline refuse react deadpan intone recite narrate relate retweet tack
    """,
    Act.ASK: """
        ask question wonder inquire enquire query demand request press challenge quiz
    """,
    Act.DENY: """
        deny dispute refute rebut reject disavow repudiate contradict disown
    """,
    Act.ANNOUNCE: """
        announce unveil reveal disclose confirm divulge release issue publicize publicise
    """,
    Act.REPORT: """
        report estimate find show conclude_by publish calculate
    """,
}
"""Verbs of utterance; what a spokesman, a paper or a survey does with words."""

ATTITUDE = """
    believe think feel hope want wish expect fear worry doubt suspect know understand see consider
    view regard assume presume guess figure reckon imagine suppose support oppose back favor
    favour endorse prefer like love hate dislike need intend plan aim seek mean learn realize
    realise recognize recognise appreciate respect trust distrust agree_with regret anticipate
    dream desire decide determine
"""
"""Verbs of what is held, not uttered."""

NOUNS: dict[Act, str] = {
    Act.SAY: """
        statement claim remark comment assertion argument allegation accusation criticism warning
        suggestion contention description explanation complaint promise pledge vow threat
        testimony tweet speech prediction response reply answer message letter quote praise
        apology appeal
    """,
    Act.ASK: "question demand request call inquiry",
    Act.DENY: "denial rejection",
    Act.ANNOUNCE: "announcement disclosure revelation declaration",
    Act.REPORT: "report finding estimate study survey poll",
    Act.ATTITUDE: """
        belief view opinion hope fear concern worry desire wish expectation doubt suspicion
        conviction sense thought feeling
    """,
}
"""Nouns that stand for the act: "her claim that", "in a statement"."""

STRONG = """
    say tell add write tweet note argue explain continue reply respond recall declare insist
    remark quip joke shout yell chant exclaim state warn admit concede acknowledge announce ask
    claim contend assert reiterate testify email observe comment lament boast counter retort
    interject react predict caution stress emphasize conclude vow read muse opine deadpan
"""
"""Beside a quotation these leave no doubt that somebody said it."""

CLAUSE = """
    say add note argue claim explain insist acknowledge admit concede contend maintain assert
    reaffirm reiterate stress emphasize emphasise underscore observe recall conclude warn caution
    predict suggest indicate imply hint joke boast complain lament promise pledge vow swear
    testify allege declare proclaim announce reveal disclose confirm report estimate deny believe
    think hope fear worry doubt suspect know feel state write assume argue speculate recommend
    respond reply remark agree remember realize realise imagine expect find show learn
    understand guess figure reckon regret quip mention tweet repeat
"""
"""Take a clause, with "that" or bare: "said (that) it rains"."""

THAT_ONLY = """
    write respond reply remark imply hint speculate recommend regret boast complain lament joke
    find show learn understand guess figure reckon know feel observe report remember see recall
    reveal mention tweet repeat conclude testify allege declare worry doubt emphasize emphasise
    stress underscore estimate imagine expect realize realise quip swear indicate decide
    determine assure remind inform notify
"""
"""Report a clause for certain with "that" alone; bare, they mostly take an object."""

WITH_LISTENER = "tell assure reassure remind inform notify warn advise promise persuade"
"""Name the listener before what is said: "told Reuters that"."""

WHETHER = "ask wonder question inquire enquire know doubt"
"""Take "whether", "if", "how", "why"."""

INFINITIVE = """
    want hope promise pledge vow threaten offer refuse decline plan seek intend urge ask agree
    expect demand prefer wish propose swear like
"""
"""Take "to do": "vowed to stay"."""

OBJECT = """
    criticize criticise praise blast slam denounce decry condemn deride ridicule mock attack
    assail lambast lambaste bash blame defend dismiss support oppose endorse favor favour back
    reject question dispute deny accuse describe call label dub applaud hail commend laud welcome
    announce tout cite discuss mention propose demand suggest acknowledge express urge prefer
    predict fear promise pledge want support advocate reveal promote embrace challenge stress
    emphasize emphasise highlight
"""
"""Take a thing: "criticised the plan"."""
