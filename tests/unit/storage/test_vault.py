"""Sealing against known answers, and what must stay shut."""

import json
import zlib
from pathlib import Path

import pytest

from app.storage import vault as sealing
from app.storage.errors import AccessUnknown, CreateKeyRefused, SealBroken
from app.storage.vault import Seals, Vault

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
GIVEN, EXPECTED = VECTORS["given"], VECTORS["expected"]
SEED, DEK, NONCE = (bytes.fromhex(GIVEN[name]) for name in ("seed", "dek", "nonce"))
ID, ACCESS, KID = GIVEN["conversation_id"], GIVEN["access_id"], GIVEN["kid"]
VERSION, REVISION = GIVEN["version"], GIVEN["revision"]
TEXT, REPLY, PRINT = (GIVEN[name].encode() for name in ("text", "reply", "fingerprint"))
STRETCHED = bytes.fromhex(EXPECTED["stretched"])


def known_random(count: int) -> bytes:
    return NONCE if count == 12 else bytes(count)


VAULT = Vault({KID: bytes.fromhex(GIVEN["server_key"])}, known_random)
SEALS = Seals(DEK, ID, known_random)

MADE = {
    "token": lambda: sealing.write_token(SEED),
    "auth": lambda: sealing.auth(SEED).hex(),
    "wrapped": lambda: VAULT.wrap(SEALS, SEED, KID, ACCESS).hex(),
    "state": lambda: SEALS.state(TEXT, VERSION, REVISION).hex(),
    "turn": lambda: SEALS.turn(PRINT, REPLY, VERSION, REVISION).hex(),
    "idem": lambda: SEALS.idem(GIVEN["idempotency_key"]).hex(),
    "used": lambda: SEALS.time(GIVEN["time"], ACCESS).hex(),
    "stretched": lambda: VAULT.stretch(GIVEN["code"], KID).hex(),
    "code_auth": lambda: sealing.code_auth(STRETCHED).hex(),
    "wrapped_by_code": lambda: VAULT.wrap_by_code(SEALS, STRETCHED, KID, ACCESS).hex(),
    "created_seed": lambda: VAULT.derive(GIVEN["create_key"], KID)[0].hex(),
    "created_id": lambda: VAULT.derive(GIVEN["create_key"], KID)[1],
}


def test_every_known_answer_is_compared_with_what_we_make():
    assert MADE.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_we_make_equals_the_known_answer(name):
    assert MADE[name]() == EXPECTED[name]


def sealed(name: str) -> bytes:
    return bytes.fromhex(EXPECTED[name])


def test_known_sealed_values_open_again():
    assert VAULT.unwrap(sealed("wrapped"), SEED, KID, ID, ACCESS).dek == DEK
    assert VAULT.unwrap_by_code(sealed("wrapped_by_code"), STRETCHED, KID, ID, ACCESS).dek == DEK
    assert SEALS.open_state(sealed("state"), VERSION, REVISION) == TEXT
    assert SEALS.open_turn(sealed("turn"), PRINT, VERSION, REVISION) == REPLY
    assert SEALS.open_time(sealed("used"), ACCESS) == GIVEN["time"]


OPENED = {
    "wrapped": lambda value: VAULT.unwrap(value, SEED, KID, ID, ACCESS),
    "wrapped_by_code": lambda value: VAULT.unwrap_by_code(value, STRETCHED, KID, ID, ACCESS),
    "state": lambda value: SEALS.open_state(value, VERSION, REVISION),
    "turn": lambda value: SEALS.open_turn(value, PRINT, VERSION, REVISION),
    "used": lambda value: SEALS.open_time(value, ACCESS),
}


@pytest.mark.parametrize("name", sorted(OPENED))
def test_any_flipped_bit_keeps_a_sealed_value_shut(name):
    whole = sealed(name)
    # Every bit of the head and the tail, and one in each byte between.
    edge = range(0, 32 * 8)
    between = range(32 * 8, (len(whole) - 32) * 8, 8 * 7 + 1)
    tail = range(max(0, len(whole) - 32) * 8, len(whole) * 8)
    tried = {bit for bit in (*edge, *between, *tail) if bit < len(whole) * 8}
    assert len(tried) > 200
    for bit in tried:
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            OPENED[name](bytes(flipped))


@pytest.mark.parametrize("name", sorted(OPENED))
@pytest.mark.parametrize("length", [0, 1, 13, 28, -1])
def test_a_shortened_value_stays_shut(name, length):
    with pytest.raises(SealBroken):
        OPENED[name](sealed(name)[:length])


OTHER_ID = "cnv_" + "A" * 22
OTHER = Seals(DEK, OTHER_ID, known_random)
ELSEWHERE = {
    "state under another id": lambda: OTHER.open_state(sealed("state"), VERSION, REVISION),
    "state at another version": lambda: SEALS.open_state(sealed("state"), VERSION + 1, REVISION),
    "state on another revision": lambda: SEALS.open_state(sealed("state"), VERSION, "f3a9c1"),
    "state in a turn's place": lambda: SEALS.open_turn(sealed("state"), PRINT, VERSION, REVISION),
    "turn under another id": lambda: OTHER.open_turn(sealed("turn"), PRINT, VERSION, REVISION),
    "turn at another version": lambda: SEALS.open_turn(sealed("turn"), PRINT, VERSION - 1, REVISION),
    "turn on another revision": lambda: SEALS.open_turn(sealed("turn"), PRINT, VERSION, "r"),
    "time of another access": lambda: SEALS.open_time(sealed("used"), "B" * 22),
    "time under another id": lambda: OTHER.open_time(sealed("used"), ACCESS),
    "wrap under another id": lambda: VAULT.unwrap(sealed("wrapped"), SEED, KID, OTHER_ID, ACCESS),
    "wrap of another access": lambda: VAULT.unwrap(sealed("wrapped"), SEED, KID, ID, "B" * 22),
    "wrap with another seed": lambda: VAULT.unwrap(sealed("wrapped"), bytes(32), KID, ID, ACCESS),
    "wrap with a lost server key": lambda: VAULT.unwrap(sealed("wrapped"), SEED, "gone", ID, ACCESS),
    "wrap with another server key": lambda: Vault({KID: bytes(32)}, known_random).unwrap(
        sealed("wrapped"), SEED, KID, ID, ACCESS
    ),
    "code's wrap in a token's place": lambda: VAULT.unwrap(
        sealed("wrapped_by_code"), STRETCHED, KID, ID, ACCESS
    ),
}


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_sealed_value_opens_in_its_own_place_alone(name):
    with pytest.raises(SealBroken):
        ELSEWHERE[name]()


def test_a_turn_stored_for_another_request_gives_no_reply():
    assert SEALS.open_turn(sealed("turn"), PRINT + b" ", VERSION, REVISION) is None


@pytest.mark.parametrize("length", [0, 1, 4091, 4092, 4093, 8188, 20_000])
def test_a_sealed_length_tells_only_how_many_blocks_there_are(length):
    state = SEALS.state(b"x" * length, 1, "r")
    turn = SEALS.turn(b"print", b"x" * length, 1, "r")
    assert (len(state) - 29) % sealing.STATE_QUANTUM == 0
    assert (len(turn) - 29) % sealing.TURN_QUANTUM == 0
    assert SEALS.open_state(state, 1, "r") == b"x" * length
    assert SEALS.open_turn(turn, b"print", 1, "r") == b"x" * length


@pytest.mark.parametrize("padded", [b"", b"\0\0\0", b"\0\0\0\5abc", b"\0\0\0\1ab"])
def test_a_padding_that_is_none_is_refused(padded):
    with pytest.raises(SealBroken):
        sealing.unpad(padded)


def test_a_token_reads_back_as_its_seed():
    assert sealing.read_token(EXPECTED["token"]) == SEED


def misread(token: str) -> list[str]:
    body, checksum = token[:-9], token[-8:]
    return ["", "ct_", body, token + "0", token[1:], token.upper(), f"{body}_{checksum.upper()}x",
            f"{body}_00000000", token.replace("ct_", "cx_"), token[:-1] + "g", token + "\n",
            "ct_\udc80"]  # fmt: skip


@pytest.mark.parametrize("token", misread(EXPECTED["token"]))
def test_a_malformed_token_is_an_unknown_access(token):
    with pytest.raises(AccessUnknown):
        sealing.read_token(token)


def test_one_seed_has_one_spelling_only():
    body = EXPECTED["token"][:-9]
    twin = body[:-1] + "9"
    assert body[-1] == "8"
    with pytest.raises(AccessUnknown):
        sealing.read_token(f"{twin}_{zlib.crc32(twin.encode()):08x}")


@pytest.mark.parametrize("shape", ["", "cnv_", "cnv_" + "A" * 21, "cnv_" + "A" * 23, "shr_" + "A" * 22,
                                   "cnv_" + "A" * 21 + "|", "cnv_" + "\udc80" * 22, ID + "\n"])  # fmt: skip
def test_an_id_of_another_shape_is_an_unknown_access(shape):
    with pytest.raises(AccessUnknown):
        sealing.check_id(shape)


def test_a_code_has_four_groups_and_80_bits():
    assert sealing.write_code(bytes(10)) == "0000-0000-0000-0000"
    assert sealing.write_code(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert sealing.write_code(bytes(9) + b"\x01") == "0000-0000-0000-0001"


@pytest.mark.parametrize(
    "typed",
    ["0123-4567-89ab-cdef", "o123 4567 89AB CDEF", "OI23456789abcdef", "0l23–4567–89AB–CDEF",
     " 0123456789ABCDEF "],
)  # fmt: skip
def test_a_code_forgives_how_it_is_typed(typed):
    assert sealing.read_code(typed) == "0123456789ABCDEF"


@pytest.mark.parametrize(
    "typed", ["", "0123", "0123-4567-89ab-cdeu", "0123-4567-89ab-cdef0", "ß" * 16, "٣" * 16]
)
def test_what_cannot_be_a_code_is_an_unknown_access(typed):
    with pytest.raises(AccessUnknown):
        sealing.read_code(typed)


@pytest.mark.parametrize(
    "key",
    ["", "yes", "3f2b8c1d-9a4e-1d6b-8f21-0c5d7e9a1b34", "3f2b8c1d-9a4e-4d6b-cf21-0c5d7e9a1b34",
     "3f2b8c1d9a4e4d6b8f210c5d7e9a1b34", "{3f2b8c1d-9a4e-4d6b-8f21-0c5d7e9a1b34}",
     "3f2b8c1d-9a4e-4d6b-8f21-0c5d7e9a1b34\n"],
)  # fmt: skip
def test_a_creation_is_repeated_by_a_random_uuid_alone(key):
    with pytest.raises(CreateKeyRefused):
        VAULT.derive(key, KID)


def test_no_key_shows_when_its_holder_is_printed():
    assert DEK.hex() not in repr(SEALS)
    assert repr(DEK) not in repr(SEALS)
    assert "object at" in repr(VAULT)
