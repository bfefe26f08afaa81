"""Closed classes of English words: auxiliaries, pronouns, determiners, prepositions, stop words.

Lists that look alike differ where the same word means different things: in a question, in a
sentence of an article, beside a name. They are built from shared parts, and only the difference
is written down. Knows no text.
"""

from index.language.numbers import ONE_TO_TEN


def word_set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BE = word_set("is are was were")
DO = word_set("do does did")
HAVE = word_set("has have had")
MODALS = word_set("will would can could should might may must")
AUXILIARIES = DO | HAVE | BE | MODALS
"""What a question may begin with."""
ALL_AUXILIARIES = AUXILIARIES | word_set("be been being am shall")
AUXILIARY_TOKENS = ALL_AUXILIARIES | word_set("'s 're 've 'd 'll not n't")
"""Any auxiliary as a token of a sentence, contracted and negated forms included."""
BE_FORMS = BE | word_set("be been being")
"""Before a participle they make a passive: "was told"."""
CUE_AUXILIARIES = ALL_AUXILIARIES | word_set("""
    having ve s re d ll m to not never also once then later now just only first often again still
    earlier
""")
"""Words of a cue that are not its reporting verb."""
VERB_HELPERS = (DO | HAVE | MODALS) - word_set("can should must") | word_set("""
    also later then now once often since still even just recently repeatedly previously already
    never not always again first soon long himself herself themselves itself too ever both all
    further sometimes quickly has've hasn't didn't haven't hadn't wouldn't won't doesn't don't
""")
"""May stand between a subject and its verb, and belong to the cue."""
BARE_VERB_AUXILIARIES = DO | MODALS - {"must"} | {"to"}
"""Before a verb without an ending: "would say"."""
VERB_STARTERS = word_set("on continued continues began begins proceeded tried sought rose")
"""Before "to say": "went on to say", "began to say"."""
VERBS_AFTER_SUBJECT = AUXILIARIES | word_set("""
    been be isn wasn didn hasn hadn won wouldn couldn doesn also then never now still later once who
    became got went came made took gave left lost met ran held kept began felt knew saw found stood
    sat spoke grew fell led put set paid sent spent brought bought built caught chose drew drove
    flew hit thought taught sang wore
""")
"""After a name they say that it is the subject; without apostrophes, as the words are cut."""

QUESTION_PRONOUNS = word_set("what how why when where which whom who")
INTERROGATIVES = QUESTION_PRONOUNS | {"whose"}
SUBJECT_PRONOUNS = word_set("he she they it we i you who which")
SOURCE_PRONOUNS = SUBJECT_PRONOUNS | word_set(
    "him her them me us his himself herself itself themselves that"
)
"""What a source may consist of where it has no name and no noun."""
THIRD_PERSON = word_set("he she it they him them his her hers its their theirs")
DEMONSTRATIVES = word_set("this that these those")
INDEFINITE_PRONOUNS = word_set("""
    one another others some many most several all each both neither none either
""")
"""As a subject without a noun, "one was sold", they count what was named before."""
PLURAL_HEADS = word_set("they we i you who people police both many some others most")
"""Subjects of a verb without an ending: "they say"."""

DETERMINERS = ONE_TO_TEN | word_set("""
    the a an this that these those his her its their our my your some many most several few all both
    each every another any no other dozens hundreds thousands
""")
NOUN_PREPOSITIONS = word_set("of for at from in with on to by about near")
"""Prepositions that may stand inside a noun phrase."""
PREPOSITIONS = NOUN_PREPOSITIONS | word_set(
    "during under over into against between through without within amid like per via upon"
)
OBJECT_PREPOSITIONS = word_set("""
    of to by for with from in on at about against into over under after before between among toward
    towards than like as near behind without including
""")
"""Before a name they say that it is not the subject."""
CLAUSE_OPENERS = (INTERROGATIVES | {"that"}) | word_set("""
    and but or nor yet so while as if because although though whether before after since until
    unless than then even
""")
SENTENCE_LEADERS = PREPOSITIONS | word_set("""
    when after before while as if since later earlier then although though because asked speaking
    and but so once until still now also meanwhile however minutes hours days weeks months years
    moments seconds yesterday today last next this
""")
"""May open a sentence before its subject: "On Monday," "When it rained,"."""
CLAUSE_BREAKS = word_set("but while although though whereas")
"""After a comma they end a reported clause."""
CLAUSE_STARTERS = word_set("in if while there although as what when")
"""Closed words that may start a reported clause: "said in time it will do"."""
SUBORDINATORS = word_set("""
    when after if as although though while because since until once before even
""")
ASIDES = word_set("however meanwhile though too moreover therefore instead then")
"""Between commas, between a subject and its verb."""
QUOTATION_MARKS = frozenset(("“", "”", '"', "''", "``", "‘", "’", "'"))

NAME_PARTICLES = word_set(
    "van von de der den del della di da dos das du la le los las ter ten bin bint ben ibn al el abu"
    " y e zu t af av op lo"
)
"""Small words inside a person's name."""
NAME_LINKS = word_set("a an and at for from in of on the to")
"""Words of an organisation's name that do not distinguish it from others."""

_FUNCTION_WORDS = word_set("""
    a an the this that these those and or but nor so as at by for from in into of off on onto out
    over to up with without about after against among around before behind between during since than
    through under until upon within it its he him his she her hers they them their we us our you
    your i me my there here not no if then
""")
FUNCTION_WORDS = _FUNCTION_WORDS | word_set("s t")
"""Words of a question without content of their own; "s" and "t" are left of "what's", "can't"."""
QUESTION_WORDS = (
    INTERROGATIVES
    | ALL_AUXILIARIES - {"am"}
    | word_set("done say said says saying tell told tells know happen happened happens many much")
)
"""They shape a question, they are not what it is about: they do not count as evidence."""
NEVER_NAMES = (
    _FUNCTION_WORDS
    | INTERROGATIVES
    | ALL_AUXILIARIES - word_set("being am")
    | ONE_TO_TEN
    | word_set("""
        yet all any both each few many more most much other others some such only own same too very
        just now also even still while although though because unless whether despite however
        meanwhile moreover instead perhaps maybe yes well once again another according asked several
        per like along amid across above below later earlier let lets don't it's i'm i've that's
        there's he's she's they're we're didn't doesn't isn't last next new first second third good
        great today yesterday tomorrow read see photo image video watch share follow click updated
        advertisement editor’s following citing quoting echoing regarding concerning whereas given
        including responding besides throughout toward towards
    """)
)
"""A capital at the start of a sentence or a headline does not make a name of these."""

FORM_LABELS = word_set("""
    winner loser score result results age born birthplace hometown residence occupation profession
    education experience background biography family record prediction pick odds rating runtime
    genre cast plot verdict topic subject issue headline deadline address phone email website hours
    cost prices tickets venue schedule ingredients directions tip tips status update fact facts
    claim response summary position height weight
""")
"""Before a colon they name a field of a form, not who speaks: "POLITICAL EXPERIENCE:"."""

NOTE_LABELS = word_set("""
    clarification clarifications correction corrections corrected update updates updated editor
    editors editor's editors' note notes disclosure disclaimer exclusive breaking developing spoiler
    alert fact check factcheck analysis opinion watch photos video gallery related read more live
    new sponsored retraction erratum addendum
""")
"""Before a colon these say what kind of text follows: "EDITOR'S NOTE:"; nobody speaks."""

COMMON_ENGLISH = word_set("""
    the of and to that for with were are is by from his her has had have said it its be been they
    their this which who not but at on as he she after would will we you
""")
"""The commonest words of English articles, to recognise the language by."""
COMMON_FOREIGN = word_set("""
    der das und ist nicht ein eine einer den dem von zu auf für im des sich mit wird wurde sind wie
    le la les et est une dans pour que qui sur pas au aux avec du ce cette elle sont el los las del
    por con para su es lo como más di che per non della gli sono più è nel os da não uma em é ao dos
    das pelo foi de het een van dat niet zijn voor met ook op och att det som på är av till inte har
    ett om og på til ikke af w na się nie jest że po ja ei että oli ve bir bu için ile
""")
"""The commonest words of a dozen other languages in Latin letters that are not English words."""
FOREIGN_QUESTION_WORDS = word_set("""
    wer wann wo wie wieviel wieviele warum wieso weshalb welche welcher welches wessen wem wen hat
    haben qui quand où quoi comment pourquoi combien quel quelle quels quelles quién quien quiénes
    cuándo cuando dónde donde qué cómo cuánto cuántos cuánta cuántas cuál chi quando dove perché
    quanto quanti quale quem onde porque quantos qual wie wanneer waar waarom hoeveel welke vem när
    var varför hur hvem hvornår når hvor hvorfor hvordan kto kiedy gdzie dlaczego ile jak kim nerede
    neden kuka milloin missä miksi
""")
"""They ask in those languages; none is an English word."""
