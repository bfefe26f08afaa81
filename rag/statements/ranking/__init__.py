"""Candidates from the index come in, a speaker's statements in the order a reader wants go out.

`selection` finds and narrows them, `features` weighs them; nothing is decided or refused here.
"""
