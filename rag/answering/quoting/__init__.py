"""The sentence that answers comes in; the stretch of its article that is quoted goes out.

It holds as few sentences as can be understood: knows no other evidence and no archive.
"""
