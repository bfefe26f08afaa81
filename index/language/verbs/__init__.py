"""A verb of a text comes in; its lemma, what it reports and when it happens go out.

Word lists and the rules of English inflection; it knows no sentence.
"""
