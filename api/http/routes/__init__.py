"""Each module takes the requests of one group of operations and returns bodies of `api.schemas`.

Routes know neither the command line nor how errors become HTTP statuses.
"""
