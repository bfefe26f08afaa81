"""Abbreviations whose full stop ends no sentence, by what follows them. Knows no text.

Those that may also end one ("the U.S.", "5 p.m.", "Acme Inc.") are not here.
"""

from index.language.names import UNUSUAL_ABBREVIATIONS
from index.language.numbers import ONE_TO_TEN
from index.language.word_classes import DETERMINERS, SUBJECT_PRONOUNS, word_set

BEFORE_NAMES = UNUSUAL_ABBREVIATIONS | word_set("""
    Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Profs Rev Revd Fr Hon Sen Sens Rep Reps Gov Govs
    Pres Gen Genl Col Capt Cpt Lt Maj Sgt Adm Cmdr Cmd Comm Commr Ald Alds Cllrs Amb Ambs Dep Dir
    Dist Pc Pfc Spec Cst Sup Sr Srta Sra Sig Hr
    Wm Geo Chas Thos Jas Jos Robt Edw Benj Saml Danl Richd
    St Sts Ste Mt Mts Ft Pt
""")
"""Titles, cut forenames and parts of names of places; written with a capital."""
BEFORE_NUMBERS = word_set("""
    No Nos no nos Art Arts Sec Fig Figs Vol Vols Ch Chap pp p Para Par Ref Ext Apt Approx approx
    Est est ca Ca circa Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
""")
BEFORE_ANYTHING = word_set("vs v viz cf Cf incl Approx approx")
"""Between two parts of one sentence."""
OPENERS = (DETERMINERS - ONE_TO_TEN) | SUBJECT_PRONOUNS | word_set("there then but and")
"""Words that begin a sentence, and no name, after any of these."""
