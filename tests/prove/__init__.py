"""What is promised, attacked and counted: `python -m tests.prove`, or `make prove`.

One module a promise: it has `proved(*, full: bool) -> Promise`, and is found by having it. The
attacks live here once; the tests of the suite run the same ones at a smaller size.
"""
