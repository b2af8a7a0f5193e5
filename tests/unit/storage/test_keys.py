"""The server's key file: made once, and refused when it cannot be trusted."""

import base64
import json
import stat

import pytest

from app.storage.errors import KeysRefused
from app.storage.keys import load_keys, make_keys
from tests.unit.storage.world import begin, open_store

pytestmark = pytest.mark.anyio


def entry(kid: str, key: bytes) -> dict[str, str]:
    return {"kid": kid, "key": base64.b64encode(key).decode()}


def write(path, content, mode=0o600):
    path.write_text(content if isinstance(content, str) else json.dumps({"keys": content}))
    path.chmod(mode)
    return path


def test_a_made_key_file_is_its_owners_alone_and_reads_back(tmp_path):
    path = tmp_path / "deeper" / "keys.json"
    make_keys(path, lambda count: bytes(range(count)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(path) == {bytes(range(6)).hex(): bytes(range(32))}
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_the_first_key_in_the_file_is_the_newest(tmp_path):
    path = write(tmp_path / "k", [entry("new", b"n" * 32), entry("old", b"o" * 32)])
    assert list(load_keys(path)) == ["new", "old"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o700, 0o660])
def test_a_key_file_that_others_can_touch_is_refused(tmp_path, mode):
    path = write(tmp_path / "k", [entry("one", b"1" * 32)], mode)
    with pytest.raises(KeysRefused, match="chmod 600"):
        load_keys(path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty file"),
        pytest.param("[]", id="no object"),
        pytest.param('{"keys": []}', id="no key"),
        pytest.param('{"keys": [{"kid": "a"}]}', id="an entry without key"),
        pytest.param([entry("a", b"short")], id="a short key"),
        pytest.param([entry("a|b", b"1" * 32)], id="a kid with a bar"),
        pytest.param('{"keys": [{"kid": "a", "key": "\\u00e9"}]}', id="no base64"),
        pytest.param([entry("a", b"1" * 32), entry("b", b"1" * 32)], id="two equal keys"),
        pytest.param([entry("a", b"1" * 32), entry("a", b"2" * 32)], id="two equal kids"),
    ],
)
def test_a_key_file_that_makes_no_sense_is_refused(tmp_path, content):
    with pytest.raises(KeysRefused) as refused:
        load_keys(write(tmp_path / "k", content))
    assert base64.b64encode(b"1" * 32).decode() not in str(refused.value)


def test_a_named_key_file_may_lie_elsewhere(tmp_path):
    elsewhere = tmp_path / "elsewhere" / "iw-keys"
    open_store(tmp_path / "data", key_file=elsewhere)
    assert elsewhere.exists()
    assert not (tmp_path / "data" / "keys.json").exists()


async def test_a_lost_key_file_is_not_replaced_in_silence(tmp_path):
    store = open_store(tmp_path)
    await begin(store)
    await store.close()
    (tmp_path / "keys.json").unlink()
    with pytest.raises(KeysRefused):
        open_store(tmp_path)
    assert not (tmp_path / "keys.json").exists()


async def test_a_database_that_names_an_unknown_key_is_refused(tmp_path):
    store = open_store(tmp_path)
    await begin(store)
    await store.close()
    write(tmp_path / "keys.json", [entry("another", b"1" * 32)])
    with pytest.raises(KeysRefused, match="does not hold"):
        open_store(tmp_path)


async def test_a_new_first_key_seals_what_is_new_and_the_old_key_opens_what_is_old(tmp_path):
    store = open_store(tmp_path)
    old = await begin(store, b"old")
    await store.close()
    path = tmp_path / "keys.json"
    write(path, [entry("newer", b"1" * 32), *json.loads(path.read_text())["keys"]])
    store = open_store(tmp_path)
    new = await begin(store, b"new")
    assert (await store.read(old.id, old.token)).text == b"old"
    await store.close()
    write(path, [entry("newer", b"1" * 32)])
    with pytest.raises(KeysRefused):
        open_store(tmp_path)
    assert new.id != old.id
