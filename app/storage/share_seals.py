"""How a share is sealed: twice, so that neither an old backup with a link nor the server alone opens it.

The link's key K stands after the `#` of its address and is stored nowhere. The inner layer opens with K
alone, so a browser can do it and need not send K; who asks for the inner layer shows a token derived from
K. The outer layer needs a key of this server and holds the last day. Statements are in `shares.py`.
"""

import base64
import hashlib
import hmac
import re

from app.storage.errors import ShareUnknown
from app.storage.vault import STATE_QUANTUM, Vault, base64url, derived, pad, seal, unpad, unseal

_ID = re.compile(r"shr_[A-Za-z0-9_-]{22}\Z")
_KEY = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_TOKEN = "iws_"  # noqa: S105 - how such a token begins
PIN_DIGITS = 6


def write_key(key: bytes) -> str:
    """A link's key (32 bytes) as it stands after the `#`: 43 characters."""
    return base64url(key)


def read_key(text: str) -> bytes:
    """The key that a text stands for; `ShareUnknown` where it is none."""
    if _KEY.match(text) is None:
        raise ShareUnknown
    key = base64.urlsafe_b64decode(text + "=")
    if base64url(key) != text:
        raise ShareUnknown
    return key


def check_id(share_id: str) -> str:
    """The id itself when it has an id's shape, else `ShareUnknown`."""
    if _ID.match(share_id) is None:
        raise ShareUnknown
    return share_id


def token_of(key: bytes) -> str:
    """What the holder of a link shows to have it opened: derived from the key, and no way back to it."""
    return _TOKEN + base64url(derived(key, "iw/1/share-auth"))


def verifier_of(token: str) -> bytes:
    """What is stored of a token; `ShareUnknown` where it is none."""
    if not token.startswith(_TOKEN):
        raise ShareUnknown
    return hashlib.sha256(read_key(token.removeprefix(_TOKEN))).digest()


def seal_inner(vault: Vault, key: bytes, share_id: str, text: bytes) -> bytes:
    """The copy, for the holder of the link alone."""
    padded = pad(text, STATE_QUANTUM)
    return seal(derived(key, "iw/1/share-key"), padded, f"iw/1/share|{share_id}", vault.random(12))


def open_inner(key: bytes, share_id: str, inner: bytes) -> bytes:
    """The copy again, else `SealBroken`."""
    return unpad(unseal(derived(key, "iw/1/share-key"), inner, f"iw/1/share|{share_id}"))


def seal_outer(vault: Vault, kid: str, share_id: str, expires_day: int, inner: bytes) -> bytes:
    """The inner layer, for this server alone and until that day."""
    outer_key = vault.own_key(kid, f"iw/1/share-outer|{share_id}")
    return seal(outer_key, inner, f"iw/1/share-outer|{share_id}|{expires_day}", vault.random(12))


def open_outer(vault: Vault, kid: str, share_id: str, expires_day: int, sealed: bytes) -> bytes:
    """The inner layer again, else `SealBroken`."""
    outer_key = vault.own_key(kid, f"iw/1/share-outer|{share_id}")
    return unseal(outer_key, sealed, f"iw/1/share-outer|{share_id}|{expires_day}")


def write_pin(random_bytes: bytes) -> str:
    """Six digits from eight random bytes or more."""
    return f"{int.from_bytes(random_bytes, 'big') % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def pin_mac(vault: Vault, kid: str, share_id: str, pin: str) -> bytes:
    """A PIN as it is stored: keyed by the server, since six digits are quickly tried."""
    return hmac.digest(vault.own_key(kid, f"iw/1/pin|{share_id}"), pin.encode("utf-8", "replace"), "sha256")
