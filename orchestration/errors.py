"""The one error type that a person is meant to read."""


class TelltaleError(Exception):
    """What is wrong, where, what was expected and what to do, in plain words.

    The command line prints the message without a traceback and exits with code 1.
    """
