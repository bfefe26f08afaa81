"""Text and the names found in it in, persons and organisations with all their mentions out.

Knows names, titles and roles, but not who says what: that is for `speakers`.
"""
