"""The channels that the oracle knows, and the words by which a centre names them."""

import unicodedata
from typing import Any

SELFCARE_CHANNELS = {"bot", "ivr", "app", "web", "web_selfcare", "selfcare"}
DIGITAL_CHANNELS = {"chat", "messaging", "app", "mail", "email", "social", "web_form", "bot", "web"}
DIGITAL_CHANNELS |= {"web_selfcare", "selfcare"}
DEFERRED_CHANNELS = {"mail", "email", "messaging", "case"}
KNOWN_CHANNELS = SELFCARE_CHANNELS | DIGITAL_CHANNELS | DEFERRED_CHANNELS | {"phone", "voice"}
OTHER_WORDS = {"chatbot": "bot", "courriel": "email", "telephone": "phone"}
"""Words of the product that random histories use; it has more."""


def plain(word: str) -> str:
    """Return a word without what does not matter: case, accents, blanks, hyphens."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(one for one in letters if one.isalnum())


def channel_of(word: str | None, listed: list[dict[str, Any]]) -> str | None:
    """Return the channel that a word means, the word itself where nobody knows it.

    The centre's list goes before the channels of the product, and these before its other words.
    """
    if word is None:
        return None
    own = {plain(code): code for code in KNOWN_CHANNELS}
    found = {plain(row["word_text"]): row["channel_code"] for row in listed}.get(plain(word))
    found = found or own.get(plain(word)) or OTHER_WORDS.get(plain(word)) or word
    return own.get(plain(found), found)


def is_digital(channel: str) -> bool | None:
    """Return whether a channel is digital, None where nobody knows it."""
    return channel in DIGITAL_CHANNELS if channel in KNOWN_CHANNELS else None
