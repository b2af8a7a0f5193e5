"""All cryptography: who may open a conversation, and with which key it is sealed.

A conversation has one random key (the DEK). It is stored only wrapped, once for each way in,
under a key that needs both what the client holds (token or code) and a key of this server. So
neither the database nor the server's keys nor an old token opens anything alone. Every sealed
value is bound to its place by its additional data (AAD): a swapped or rolled back row stays
shut. The server's key file is read and made in `keys.py`; statements live elsewhere.
"""

import base64
import hashlib
import hmac
import re
import uuid
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.storage.errors import AccessUnknown, CreateKeyRefused, SealBroken

FORMAT = b"\x01"
STATE_QUANTUM = 4096
TURN_QUANTUM = 1024
_OVERHEAD = 1 + 12 + 16

_ID = re.compile(r"cnv_[A-Za-z0-9_-]{22}\Z")
_TOKEN = re.compile(r"(ct_[A-Za-z0-9_-]{43})_([0-9a-f]{8})\Z")
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_SLIPS = str.maketrans("OIL", "011", " -\u2010\u2011\u2012\u2013\u2014")


def derived(ikm: bytes, info: str, salt: bytes | None = None) -> bytes:
    """32 bytes from a secret, for one use (HKDF-SHA256)."""
    return HKDF(SHA256(), length=32, salt=salt, info=info.encode("ascii")).derive(ikm)


def base64url(data: bytes) -> str:
    """Bytes as text that may stand in an address."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def pad(text: bytes, quantum: int) -> bytes:
    """Hide a length: four bytes that say it, the text, zeros up to a multiple of `quantum`."""
    whole = len(text).to_bytes(4, "big") + text
    return whole + bytes(-len(whole) % quantum)


def unpad(padded: bytes) -> bytes:
    """The text inside a padding; `SealBroken` when the padding is none."""
    length = int.from_bytes(padded[:4], "big")
    if len(padded) < 4 + length or any(padded[4 + length :]):
        raise SealBroken
    return padded[4 : 4 + length]


def seal(key: bytes, text: bytes, aad: str, nonce: bytes) -> bytes:
    """Format byte, nonce (12 bytes, never twice for one key), AES-256-GCM with its tag."""
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, text, aad.encode("ascii"))


def unseal(key: bytes, sealed: bytes, aad: str) -> bytes:
    """The text that was sealed with this key for this place, else `SealBroken`."""
    if sealed[:1] != FORMAT or len(sealed) < _OVERHEAD:
        raise SealBroken
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], aad.encode("ascii"))
    except InvalidTag:
        raise SealBroken from None


def write_token(seed: bytes) -> str:
    """The token that stands for a seed of 32 bytes: `ct_`, 43 characters, `_`, a checksum."""
    body = "ct_" + base64url(seed)
    return f"{body}_{zlib.crc32(body.encode('ascii')):08x}"


def read_token(token: str) -> bytes:
    """The seed of a well-formed token; `AccessUnknown` for anything else, without a look-up."""
    match = _TOKEN.match(token)
    if match is None or zlib.crc32(match[1].encode("ascii")) != int(match[2], 16):
        raise AccessUnknown
    seed = base64.urlsafe_b64decode(match[1][3:] + "=")
    if write_token(seed) != token:
        raise AccessUnknown
    return seed


def check_id(conversation_id: str) -> str:
    """The id itself when it has an id's shape, else `AccessUnknown`."""
    if _ID.match(conversation_id) is None:
        raise AccessUnknown
    return conversation_id


def write_code(random_bytes: bytes) -> str:
    """A resume code from 10 random bytes: 80 bits as four groups of four characters."""
    number = int.from_bytes(random_bytes[:10], "big")
    letters = "".join(_CODE_LETTERS[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def read_code(typed: str) -> str:
    """The 16 characters of a typed code: case, spaces, hyphens, O, I and L forgiven.

    `AccessUnknown` when it cannot be a code.
    """
    letters = typed.upper().translate(_CODE_SLIPS)
    if len(letters) != 16 or any(letter not in _CODE_LETTERS for letter in letters):
        raise AccessUnknown
    return letters


def auth(seed: bytes) -> bytes:
    """The verifier of a seed: stored, and worth nothing to a thief."""
    return hashlib.sha256(derived(seed, "iw/1/auth")).digest()


def code_auth(stretched: bytes) -> bytes:
    """The verifier of a stretched code, by which it is looked up."""
    return hashlib.sha256(derived(stretched, "iw/1/resume-look")).digest()


def is_same(one: bytes, other: bytes) -> bool:
    """Whether two verifiers are equal, in a time that tells nothing."""
    return hmac.compare_digest(one, other)


@dataclass(frozen=True, slots=True)
class Seals:
    """What a conversation's own key seals and opens; `dek` is that key, 32 bytes.

    `random` gives so many random bytes.
    """

    dek: bytes = field(repr=False)
    id: str
    random: Callable[[int], bytes] = field(repr=False)

    def state(self, text: bytes, version: int, revision: str) -> bytes:
        """Seal a conversation's text at a version."""
        return self._seal(pad(text, STATE_QUANTUM), f"iw/1/conversation|{self.id}|{version}|{revision}")

    def open_state(self, sealed: bytes, version: int, revision: str) -> bytes:
        """The text of that version, else `SealBroken`."""
        return unpad(unseal(self.dek, sealed, f"iw/1/conversation|{self.id}|{version}|{revision}"))

    def turn(self, fingerprint: bytes, reply: bytes, version: int, revision: str) -> bytes:
        """Seal a reply, and in front of it the print (32 bytes) of the request it answers."""
        inside = self._print(fingerprint) + reply
        return self._seal(pad(inside, TURN_QUANTUM), f"iw/1/turn|{self.id}|{version}|{revision}")

    def open_turn(self, sealed: bytes, fingerprint: bytes, version: int, revision: str) -> bytes | None:
        """The stored reply, or None when it answered another request."""
        inside = unpad(unseal(self.dek, sealed, f"iw/1/turn|{self.id}|{version}|{revision}"))
        return inside[32:] if is_same(inside[:32], self._print(fingerprint)) else None

    def time(self, seconds: int, access_id: str) -> bytes:
        """Seal a time (seconds since 1970; 0 for never) that belongs to one way in."""
        return self._seal(seconds.to_bytes(8, "big"), f"iw/1/used|{self.id}|{access_id}")

    def open_time(self, sealed: bytes, access_id: str) -> int:
        """The time that was sealed for this way in."""
        return int.from_bytes(unseal(self.dek, sealed, f"iw/1/used|{self.id}|{access_id}"), "big")

    def idem(self, key: str) -> bytes:
        """An idempotency key as it is stored: keyed, because an unkeyed hash can be guessed."""
        return self._mac("iw/1/idem", key.encode("utf-8", "surrogatepass"))

    def again(self, info: str, key: str, fingerprint: bytes = b"") -> bytes:
        """32 bytes that nobody has seen, and the same for the same idempotency key (and request): what is
        made of them is given out twice and stored nowhere."""
        return self._mac(f"iw/1/again-{info}", self.idem(key) + fingerprint)

    def _print(self, fingerprint: bytes) -> bytes:
        return self._mac("iw/1/print", fingerprint)

    def _mac(self, info: str, data: bytes) -> bytes:
        return hmac.digest(derived(self.dek, info), data, "sha256")

    def _seal(self, text: bytes, aad: str) -> bytes:
        return seal(self.dek, text, aad, self.random(12))


class Vault:
    """The server's keys at work. `keys` maps key ids to 32 bytes, the newest first."""

    def __init__(self, keys: Mapping[str, bytes], random: Callable[[int], bytes]) -> None:
        self._keys = dict(keys)
        self._random = random
        self.kids = tuple(self._keys)

    def new_seed(self) -> bytes:
        """A seed that nobody has seen."""
        return self._random(32)

    def new_id(self, prefix: str = "") -> str:
        """A prefix and 16 random bytes as 22 characters."""
        return prefix + base64url(self._random(16))

    def new_code(self) -> str:
        """A resume code that nobody has seen."""
        return write_code(self._random(10))

    def new_seals(self, conversation_id: str) -> Seals:
        """A fresh key for a new conversation."""
        return Seals(self._random(32), conversation_id, self._random)

    def derive(self, key: str, kid: str) -> tuple[bytes, str]:
        """Seed and id of a creation from its idempotency key, so that neither is stored.

        `CreateKeyRefused` unless the key is a UUID of version 4: a key that can be guessed would
        open a stranger's conversation.
        """
        if _UUID4.match(key) is None:
            raise CreateKeyRefused
        ikm, salt = uuid.UUID(key).bytes, self._key(kid)
        seed = derived(ikm, "iw/1/create", salt)
        return seed, "cnv_" + base64url(derived(ikm, "iw/1/create-id", salt)[:16])

    def own_key(self, kid: str, info: str) -> bytes:
        """A key of this server for one use; `SealBroken` where the server key is gone."""
        return derived(self._key(kid), info)

    def random(self, count: int) -> bytes:
        """So many bytes that nobody has seen."""
        return self._random(count)

    def stretch(self, code: str, kid: str) -> bytes:
        """32 bytes from a code, slow on purpose (19 MiB): call it off the writer's thread."""
        salt = derived(self._key(kid), "iw/1/resume-salt")[:16]
        argon = Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=19 * 1024)
        return argon.derive(code.encode("ascii"))

    def wrap(self, seals: Seals, seed: bytes, kid: str, access_id: str) -> bytes:
        """The conversation's key, for the bearer of a token."""
        return self._wrap(self._kek(seed, kid, seals.id), seals, access_id)

    def unwrap(self, wrapped: bytes, seed: bytes, kid: str, conversation_id: str, access_id: str) -> Seals:
        """The conversation's key back, else `SealBroken`."""
        return self._unwrap(self._kek(seed, kid, conversation_id), wrapped, conversation_id, access_id)

    def wrap_by_code(self, seals: Seals, stretched: bytes, kid: str, access_id: str) -> bytes:
        """The conversation's key, for the holder of a resume code."""
        return self._wrap(self._code_kek(stretched, kid, seals.id), seals, access_id)

    def unwrap_by_code(
        self, wrapped: bytes, stretched: bytes, kid: str, conversation_id: str, access_id: str
    ) -> Seals:
        """The conversation's key back, else `SealBroken`."""
        return self._unwrap(
            self._code_kek(stretched, kid, conversation_id), wrapped, conversation_id, access_id
        )

    def _kek(self, seed: bytes, kid: str, conversation_id: str) -> bytes:
        return derived(seed, f"iw/1/kek|{conversation_id}", self._key(kid))

    def _code_kek(self, stretched: bytes, kid: str, conversation_id: str) -> bytes:
        return derived(stretched, f"iw/1/resume-kek|{conversation_id}", self._key(kid))

    def _wrap(self, kek: bytes, seals: Seals, access_id: str) -> bytes:
        return seal(kek, seals.dek, f"iw/1/wrap|{seals.id}|{access_id}", self._random(12))

    def _unwrap(self, kek: bytes, wrapped: bytes, conversation_id: str, access_id: str) -> Seals:
        dek = unseal(kek, wrapped, f"iw/1/wrap|{conversation_id}|{access_id}")
        return Seals(dek, conversation_id, self._random)

    def _key(self, kid: str) -> bytes:
        try:
            return self._keys[kid]
        except KeyError:
            raise SealBroken from None
