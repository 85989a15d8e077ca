"""Where a database file may stand: on a disk of this machine, in a folder that nothing else copies about."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path, PurePath

from basics.errors import StoreError

_SYNCHRONISED = re.compile(
    r"onedrive( - .*)?|sharepoint|dropbox( \(.*\))?|google ?drive|googledrive-.*|drivefs|my drive|icloud ?drive|icloud~.*"
    r"|mobile documents|com~apple~clouddocs|cloudstorage|nextcloud|owncloud|box( sync)?|pcloud ?drive|megasync|syncthing",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"cifs|smb\d?|smbfs|nfs\d?|afs|afpfs|ncpfs|davfs2?|ceph|glusterfs|lustre|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|gcsfuse)"
)
_DRIVE_REMOTE = 4  # what Windows calls a drive of another machine
_MOUNTS = Path("/proc/self/mounts")


def refuse_unsafe(path: Path) -> None:
    """Raise `StoreError` where a file at `path` would be copied or locked by something else: there a database comes to harm."""
    resolved = path.expanduser().resolve()
    if not resolved.parent.is_dir():
        raise StoreError(f"The folder {resolved.parent} does not exist.", "Make the folder first, or choose another.")
    named = synchronising_folder(resolved)
    if named is not None:
        raise StoreError(f"The database would stand in “{named}”, a folder that is copied to other machines while it is in use.",
                         "Keep it in an ordinary folder of this machine, and put copies of it there if you need to.")
    if on_network(resolved):
        raise StoreError(f"{resolved} is on a drive of another machine, where a database file comes to harm.",
                         "Keep it on a disk of this machine, or use PostgreSQL for a team.")


def synchronising_folder(path: PurePath) -> str | None:
    """The folder in `path` that a cloud service keeps in step, or None."""
    for part in path.parts[:-1]:
        if _SYNCHRONISED.fullmatch(part):
            return part
    owned = (os.environ.get(name) for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"))
    return next((folder for folder in owned if folder and path.is_relative_to(folder)), None)


def on_network(path: Path, mounts: str | None = None) -> bool:
    """Whether `path` is on a drive of another machine. `mounts` is the system's table of mounts (read where it is not given)."""
    if sys.platform == "win32":
        return str(path).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE
    if mounts is None:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else ""
    held: tuple[int, str] = (0, "")
    for line in mounts.splitlines():
        _, where, kind, *_ = line.split(" ")
        folder = PurePath(where.replace("\\040", " "))
        if path.is_relative_to(folder):
            held = max(held, (len(folder.parts), kind), key=lambda found: found[0])
    return _NETWORK.fullmatch(held[1]) is not None
