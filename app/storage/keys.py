"""The server's key file: read, checked, and made at the first start. What keys do is in `vault.py`.

The file holds `{"keys": [{"kid": ..., "key": ...}, ...]}`, the newest first. It belongs apart from
the backups: without it they open for nobody.
"""

import base64
import binascii
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

from app.storage.errors import KeysRefused


def load_keys(path: Path) -> dict[str, bytes]:
    """Key ids and keys (32 bytes), the newest first; `KeysRefused` says what to put right."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        raw = path.read_bytes()
    except OSError as error:
        raise KeysRefused(f"The key file {path} cannot be read ({error.strerror}).") from error
    if mode & 0o177:
        raise KeysRefused(f"The key file {path} has mode {mode:04o}. Run: chmod 600 {path}")
    try:
        pairs = [(entry["kid"], _decode(entry["key"])) for entry in json.loads(raw)["keys"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        # No cause is kept: the parser's error would quote the file.
        raise KeysRefused(f"The key file {path} is damaged. Bring it back from its own backup.") from None
    if not pairs or any(not isinstance(kid, str) or not kid.isalnum() for kid, _ in pairs):
        raise KeysRefused(f"The key file {path} names no key. Bring it back from its own backup.")
    if len({kid for kid, _ in pairs}) < len(pairs) or len({key for _, key in pairs}) < len(pairs):
        raise KeysRefused(f"The key file {path} holds a key twice. Each key and each kid must be its own.")
    return dict(pairs)


def make_keys(path: Path, random: Callable[[int], bytes]) -> None:
    """Write a file with one new key, readable by its owner alone."""
    entry = {"kid": random(6).hex(), "key": base64.b64encode(random(32)).decode("ascii")}
    text = json.dumps({"keys": [entry]}, indent=1) + "\n"
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise KeysRefused(f"The key file {path} cannot be made ({error.strerror}).") from error


def _decode(text: str) -> bytes:
    try:
        key = base64.b64decode(text.encode("ascii"), validate=True)
    except binascii.Error as error:
        raise ValueError from error
    if len(key) != 32:
        raise ValueError
    return key


def _sync_folder(folder: Path) -> None:
    # A new name is durable only once its folder is: losing the key loses every conversation.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
