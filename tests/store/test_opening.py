"""Where a database may stand, who may open it, and what is said when not."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from basics.errors import StoreError
from ringfence.store import place as standing
from ringfence.store import sqlite
from ringfence.store.engine import Store, bulk_insert, create_store, open_store
from ringfence.store.schema import person

KEY = "it’s a long key of several words"


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory):
    path = tmp_path_factory.mktemp("encrypted") / "books.db"
    store = create_store(str(path), provider="Harbour Lights", sample=False, key=KEY)
    with store.writing() as connection:
        bulk_insert(connection, person, [(1, "somebody")])
    store.close()
    return path


def says(error, *words):
    for word in words:
        assert word in str(error.value), str(error.value)


def test_real_people_are_never_kept_unencrypted(tmp_path):
    with pytest.raises(StoreError) as refused:
        create_store(str(tmp_path / "books.db"), provider="P", sample=False)
    says(refused, "without encryption", "RINGFENCE_KEY_FILE")
    assert list(tmp_path.iterdir()) == []


def test_an_encrypted_file_is_read_with_its_key_and_shows_nothing_without(encrypted):
    assert b"somebody" not in encrypted.read_bytes()
    assert not encrypted.read_bytes().startswith(b"SQLite")
    store = open_store(str(encrypted), key=KEY)
    with store.reading() as connection:
        assert connection.execute(person.select()).all() == [(1, "somebody")]
    store.close()
    for wrong in (None, "another key"):
        with pytest.raises(StoreError) as refused:
            open_store(str(encrypted), key=wrong)
        says(refused, "key")


def test_sqlcipher_alone_reads_the_file_with_the_same_key(encrypted):
    connection = sqlite.driver.connect(str(encrypted))
    connection.execute(f"PRAGMA key = {sqlite._quoted(KEY)}")
    assert connection.execute("SELECT reference FROM person").fetchall() == [("somebody",)]
    connection.close()


def test_an_empty_key_is_no_key(tmp_path):
    with pytest.raises(StoreError):
        create_store(str(tmp_path / "books.db"), provider="P", sample=False, key="")
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_reads_the_file(sqlite_template):
    if os.name == "posix":
        assert stat.S_IMODE(sqlite_template.stat().st_mode) == 0o600


def test_nothing_is_made_where_a_database_stands(sqlite_template):
    before = sqlite_template.read_bytes()
    with pytest.raises(StoreError) as refused:
        create_store(str(sqlite_template), provider="P", sample=True)
    says(refused, "stands there already")
    assert sqlite_template.read_bytes() == before


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path):
    path = tmp_path / "books.db"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError) as refused:
        open_store(str(path))
    says(refused, "not a database")
    assert path.read_text().startswith("Dear Sir")


def test_another_programs_database_is_refused(tmp_path):
    connection = sqlite.driver.connect(str(tmp_path / "other.db"))
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(StoreError) as refused:
        open_store(str(tmp_path / "other.db"))
    says(refused, "not a Ringfence database")


def test_a_missing_file_or_folder_is_named(tmp_path):
    with pytest.raises(StoreError) as refused:
        open_store(str(tmp_path / "none.db"))
    says(refused, "There is no database at", "none.db")
    for door in (open_store, lambda url: create_store(url, provider="P", sample=True)):
        with pytest.raises(StoreError) as refused:
            door(f"sqlite:///{tmp_path / 'no' / 'books.db'}")
        says(refused, "does not exist")


def test_an_unknown_kind_of_database_is_refused():
    with pytest.raises(StoreError) as refused:
        open_store("mysql://somewhere/books")
    says(refused, "mysql", "postgresql://")


def test_a_database_of_a_newer_version_says_so(place):
    owner = place.open_as_owner()
    with owner.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    owner.close()
    with pytest.raises(StoreError) as refused:
        place.open()
    says(refused, "newer Ringfence", "Update Ringfence")


def test_a_database_that_lost_a_guard_is_not_opened(place):
    owner = place.open_as_owner()
    with owner.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER guard_entry" + (" ON entry" if place.dialect == "postgresql" else ""))
    owner.close()
    with pytest.raises(StoreError) as refused:
        place.open()
    says(refused, "not as Ringfence made them")


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_trigger_that_is_switched_off_is_noticed(place):
    owner = place.open_as_owner()
    with owner.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE entry DISABLE TRIGGER guard_entry")
    owner.close()
    with pytest.raises(StoreError):
        place.open()


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_the_app_never_connects_as_the_owner_or_a_superuser(place, server):
    for role in ("ringfence_owner", "postgres"):
        with pytest.raises(StoreError) as refused:
            open_store(place.url.replace("ringfence_app", role))
        says(refused, "own user")
    with pytest.raises(StoreError):
        create_store(place.owner_url, provider="P", sample=True, owner_url=place.owner_url)
    with pytest.raises(StoreError) as refused:
        create_store(place.url, provider="P", sample=True, owner_url=place.owner_url)
    says(refused, "stands there already")


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_server_that_does_not_answer_is_named(place):
    for url in (place.url.replace("/books_", "/nowhere_"), "postgresql://ringfence_app:secret@127.0.0.1:1/books"):
        with pytest.raises(StoreError) as refused:
            open_store(url)
        says(refused, "cannot be reached")
        assert "secret" not in str(refused.value)


def test_two_writers_wait_for_each_other(place, monkeypatch):
    monkeypatch.setattr(sqlite, "_WAIT_SECONDS", 0.1)
    monkeypatch.setattr("ringfence.store.postgresql._WAIT", "-c lock_timeout=100")
    one, other = place.open(), place.open()
    with one.writing() as first:
        bulk_insert(first, person, [(1, "a")])
        with pytest.raises(StoreError) as refused, other.writing():
            pass
        says(refused, "Somebody else is writing")
    with other.writing() as second:
        bulk_insert(second, person, [(2, "b")])
    one.close()
    other.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_keeps_nothing_and_says_so(sqlite_template, tmp_path):
    resource = pytest.importorskip("resource")
    path = tmp_path / "books.db"
    shutil.copy(sqlite_template, path)
    store = open_store(str(path))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        with pytest.raises(StoreError) as refused, store.writing() as connection:
            bulk_insert(connection, person, [(n, f"person-{n}") for n in range(1, 200_000)])
        says(refused, "disk")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with store.reading() as connection:
        assert connection.execute(person.select()).all() == []
    store.close()


@pytest.mark.parametrize("folder", [
    "/opt/a/OneDrive/books", "/opt/a/OneDrive - Harbour Lights/x", "/Volumes/a/Dropbox/x", "/Volumes/a/Google Drive/x", "/opt/a/Nextcloud",
    "/Volumes/a/Library/Mobile Documents/com~apple~CloudDocs", "/Volumes/a/Library/CloudStorage/GoogleDrive-a@b/x", "/Volumes/a/iCloud Drive/x",
])
def test_a_folder_that_a_cloud_keeps_in_step_is_known(folder):
    assert standing.synchronising_folder(PurePosixPath(folder) / "books.db")


@pytest.mark.parametrize("path", [r"C:\Users\a\OneDrive - Council\books.db", r"C:\Users\a\iCloudDrive\books.db"])
def test_a_folder_on_windows_that_a_cloud_keeps_in_step_is_known(path):
    assert standing.synchronising_folder(PureWindowsPath(path))


@pytest.mark.parametrize("path", ["/opt/a/books.db", "/opt/dropbox-free/books.db", "/srv/boxes/books.db", "/opt/a/OneDrive"])
def test_an_ordinary_folder_is_taken(path):
    assert standing.synchronising_folder(PurePosixPath(path)) is None


def test_a_database_on_a_synchronised_drive_is_refused(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    with pytest.raises(StoreError) as refused:
        create_store(str(tmp_path / "Dropbox" / "books.db"), provider="P", sample=True)
    says(refused, "Dropbox", "ordinary folder")
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(StoreError):
        create_store(str(tmp_path / "plain" / "books.db"), provider="P", sample=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no table of mounts")
@pytest.mark.parametrize(("mount", "expected"), [
    ("//server/share /mnt/share cifs rw 0 0", True), ("server:/x /mnt/share nfs4 rw 0 0", True),
    ("a@b: /mnt/share fuse.sshfs rw 0 0", True), ("share /mnt/share 9p rw 0 0", False), ("/dev/sdb1 /mnt/share ext4 rw 0 0", False),
    ("//server/share /mnt/sh cifs rw 0 0", False),
])
def test_a_drive_of_another_machine_is_known(mount, expected):
    mounts = f"/dev/sda1 / ext4 rw 0 0\n{mount}\n"
    assert standing.on_network(Path("/mnt/share/books.db"), mounts) is expected


def test_a_machine_without_the_cipher_keeps_only_the_sample(tmp_path, monkeypatch):
    import sqlite3

    monkeypatch.setattr(sqlite, "driver", sqlite3)
    monkeypatch.setattr(sqlite, "ENCRYPTS", False)
    monkeypatch.setattr(sqlite, "_JOURNAL", "delete")
    with pytest.raises(StoreError) as refused:
        create_store(str(tmp_path / "real.db"), provider="P", sample=False, key=KEY)
    says(refused, "sqlcipher3")
    store = create_store(str(tmp_path / "sample.db"), provider="P", sample=True)
    assert isinstance(store, Store)
    with pytest.raises(StoreError), store.writing() as connection:
        connection.exec_driver_sql("SELECT nonsense")
    store.close()
