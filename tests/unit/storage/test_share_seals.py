"""How shares are sealed: known answers, rows that were tampered with, and what a thief of parts gets."""

import hashlib
import shutil
import sqlite3

import pytest

from app.storage import share_seals
from app.storage.errors import KeysRefused, SealBroken, ShareUnknown
from app.storage.share_seals import open_inner, read_key, token_of
from app.storage.shares import NewShare
from app.storage.vault import Vault
from tests.unit.storage.world import COPY, TODAY, begin, make_share, open_share, open_store, stored

pytestmark = pytest.mark.anyio


@pytest.fixture
async def begun(store):
    return await begin(store, b"the whole conversation", keep_days=30)


TAMPERED = {
    "a later day": "UPDATE share SET expires_day = expires_day + 20 WHERE id = :one AND :other <> ''",
    "the copy of another": "UPDATE share SET sealed = (SELECT sealed FROM share WHERE id = :other)"
    " WHERE id = :one",
    "one bit": "UPDATE share SET sealed = zeroblob(length(sealed)) WHERE id = :one AND :other <> ''",
    "another key's name": "UPDATE share SET kid = 'gone' WHERE id = :one AND :other <> ''",
}


@pytest.mark.parametrize("what", sorted(TAMPERED))
async def test_a_row_that_was_tampered_with_opens_nothing(store, begun, tmp_path, what):
    one, other = await make_share(store, begun), await make_share(store, begun)
    db = sqlite3.connect(tmp_path / "words.db", isolation_level=None)
    assert db.execute(TAMPERED[what], {"one": one.id, "other": other.id}).rowcount == 1
    db.close()
    with pytest.raises(ShareUnknown):
        await open_share(store, one)
    assert await open_share(store, other) == COPY


async def test_an_old_backup_and_a_link_open_nothing_without_the_servers_key(store, begun, tmp_path, clock):
    made = await make_share(store, begun)
    await store.close()
    stolen = tmp_path / "stolen"
    stolen.mkdir()
    shutil.copy(tmp_path / "words.db", stolen / "words.db")
    with pytest.raises(KeysRefused):
        open_store(stolen, clock)
    db = sqlite3.connect(stolen / "words.db")
    (sealed,) = db.execute("SELECT sealed FROM share").fetchone()
    db.close()
    with pytest.raises(SealBroken):
        open_inner(read_key(made.key), made.id, sealed)
    shutil.copy(tmp_path / "keys.json", stolen / "keys.json")
    again = open_store(stolen, clock)
    assert await open_share(again, made) == COPY
    await again.close()


async def test_the_server_alone_has_no_key_to_the_copy(store, begun, tmp_path):
    """All that it holds together, its key file included, opens the outer layer and no more."""
    made = await make_share(store, begun)
    key = read_key(made.key)
    inner = (await store.shares.open(made.id, token_of(key), None)).inner
    assert COPY not in inner
    with pytest.raises(SealBroken):
        open_inner(share_seals.derived(key, "iw/1/share-auth"), made.id, inner)
    files = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()) if path.is_file())
    for secret in (
        key,
        made.key.encode(),
        token_of(key).encode(),
        share_seals.derived(key, "iw/1/share-auth"),
    ):
        assert secret not in files


KNOWN_KEY, KNOWN_ID = bytes(range(32)), "shr_AAAAAAAAAAAAAAAAAAAAAA"
KNOWN = {
    "key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    "token": "iws_StXEykJg_T7YNfXQe9CTEGKVydloJCIcYTy3STzZvjI",
    "verifier": "7e51aa7a53b5b0f16932fe1e610a43f2d8f6306b469421c9bbd25c855ced09ec",
    "inner": "961dbd4b9ac29974f0d24f416e164d8e8dededcd89c4a7509710a88272a76909",
    "outer": "a66e9b86a58efbf209c6a487c49ec2fd25c7983d1513e24db3df492a8b810252",
    "pin": "b3a503b084aa053b6b0ad0ba97e32c6174b519309e81e6346fa7e550b224d1d7",
}


def known_vault():
    return Vault({"0a": bytes(range(32, 64))}, lambda count: bytes(range(count)))


def made_of_known():
    vault = known_vault()
    inner = share_seals.seal_inner(vault, KNOWN_KEY, KNOWN_ID, b"note")
    token = token_of(KNOWN_KEY)
    return {
        "key": share_seals.write_key(KNOWN_KEY),
        "token": token,
        "verifier": share_seals.verifier_of(token).hex(),
        "inner": digest(inner),
        "outer": digest(share_seals.seal_outer(vault, "0a", KNOWN_ID, TODAY, inner)),
        "pin": share_seals.pin_mac(vault, "0a", KNOWN_ID, "402918").hex(),
    }


def digest(data):
    return hashlib.sha256(data).hexdigest()


def test_what_we_make_of_a_known_key_equals_the_known_answer():
    assert made_of_known() == KNOWN


async def test_neither_key_nor_pin_shows_when_a_share_is_printed(store, begun):
    made = await make_share(store, begun, with_pin=True)
    came = await store.shares.open(made.id, token_of(read_key(made.key)), made.pin)
    for secret in (made.key, made.pin, repr(came.inner), COPY.decode()):
        assert secret not in repr(made) + repr(came) + repr(NewShare(COPY, 7))


async def test_a_key_that_only_a_share_names_keeps_the_server_from_starting_without_it(
    store, begun, tmp_path
):
    await make_share(store, begun)
    await store.leave(begun.id, begun.token)
    await store.close()
    assert stored(tmp_path, "access") == []
    (tmp_path / "keys.json").unlink()
    with pytest.raises(KeysRefused):
        open_store(tmp_path)
