"""Files and bytes in any supported format go in; articles or named rejects come out.

The sources know no archive: what happens to an article afterwards is not their business.
"""
