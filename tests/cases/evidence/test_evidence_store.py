"""Stored privately, durably and whole, or not at all."""

import errno
import hashlib
import io
import os
import resource
import stat

import pytest
from django.core.exceptions import ValidationError

from cases.evidence import delete, open_original, open_view, store
from cases.evidence.store import NAME


def files_in(root):
    return [path for path in root.rglob("*") if path.is_file()]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "evidence"


def test_both_files_come_back_under_random_names(root):
    first = store(b"original", b"view", root=root)
    second = store(b"original", b"view", root=root)

    assert len({first.original, first.view, second.original, second.view}) == 4
    assert NAME.fullmatch(first.original)
    assert NAME.fullmatch(first.view)
    assert len(first.original) <= 47
    with open_original(first.original, root=root) as file:
        assert file.read() == b"original"
    with open_view(first.view, root=root) as file:
        assert file.read() == b"view"


def test_an_original_may_be_a_path_or_an_upload_read_before(root, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b"from a path")
    upload = io.BytesIO(b"from an upload")
    upload.read()

    for source, expected in ((path, b"from a path"), (upload, b"from an upload")):
        names = store(source, b"view", root=root)
        with open_original(names.original, root=root) as file:
            assert file.read() == expected
    assert not upload.closed


def test_only_this_user_may_read_them_whatever_the_umask(root):
    before = os.umask(0)
    try:
        names = store(b"original", b"view", root=root)
    finally:
        os.umask(before)

    assert [mode_of(root / name) for name in (names.original, names.view)] == [0o600, 0o600]
    folders = [root, *(path for path in root.rglob("*") if path.is_dir())]
    assert [mode_of(folder) for folder in folders] == [0o700] * 3


def test_files_and_folders_are_flushed_before_the_names_are_told(root, monkeypatch):
    flushed = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (flushed.append(os.fstat(fd).st_mode), real(fd)))

    store(b"original", b"view", root=root)

    assert sum(stat.S_ISREG(mode) for mode in flushed) == 2
    assert stat.S_ISDIR(flushed[-1])


def test_a_full_disk_is_a_refusal_that_leaves_nothing(root):
    """A real failing write: the process may write no file larger than 1 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with pytest.raises(ValidationError) as original_too_large:
            store(bytes(5000), b"view", root=root)
        with pytest.raises(ValidationError) as view_too_large:
            store(b"original", bytes(5000), root=root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert original_too_large.value.code == view_too_large.value.code == "evidence_not_stored"
    assert files_in(root) == []


@pytest.mark.parametrize(
    ("call", "failing"),
    [
        *(("mkdir", n) for n in (1, 2, 3)),
        *(("fsync", n) for n in (1, 2, 3, 4, 5)),  # two folders, two files, one folder
        *(("rename", n) for n in (1, 2)),
    ],
)
def test_a_failure_at_any_step_leaves_nothing(root, monkeypatch, call, failing):
    calls = []
    real = getattr(os, call)

    def fail_once(*args, **kwargs):
        calls.append(call)
        if len(calls) == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, fail_once)

    with pytest.raises(ValidationError) as caught:
        store(b"original", b"view", root=root)

    assert caught.value.code == "evidence_not_stored"
    assert files_in(root) == []


def test_a_root_that_is_no_folder_is_a_refusal(tmp_path):
    (tmp_path / "evidence").write_bytes(b"a file")

    with pytest.raises(ValidationError) as caught:
        store(b"original", b"view", root=tmp_path / "evidence")

    assert caught.value.code == "evidence_not_stored"


def test_an_original_that_is_not_the_one_inspected_is_not_stored(root):
    sha256 = hashlib.sha256(b"original").hexdigest()
    assert store(b"original", b"view", root=root, sha256=sha256)
    kept = files_in(root)

    with pytest.raises(ValidationError) as caught:
        store(b"another", b"view", root=root, sha256=sha256)

    assert caught.value.code == "evidence_not_stored"
    assert files_in(root) == kept


def test_deleting_undoes_storing_and_may_run_twice(root):
    names = store(b"original", b"view", root=root)

    for _ in range(2):
        delete(names.original, root=root)
        delete(names.view, root=root)

    assert files_in(root) == []
    with pytest.raises(FileNotFoundError):
        open_original(names.original, root=root)


def test_a_failing_delete_hides_no_other_error(root):
    names = store(b"original", b"view", root=root)
    (root / names.view).unlink()
    (root / names.view).mkdir()

    delete(names.view, root=root)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../../etc/passwd",
        "/etc/passwd",
        "ab/cd/../../../etc/passwd",
        "ab/cd/" + "0" * 32 + ".original",  # folders that do not fit
        "00/00/" + "0" * 32,
        "00/00/" + "0" * 32 + ".html",
        "00/00/" + "0" * 32 + ".original\n",
        "00/00/" + "0" * 31 + "G.original",
        "00\\00\\" + "0" * 32 + ".original",
    ],
)
def test_names_not_from_here_are_refused(root, name):
    for use in (open_original, open_view, delete):
        with pytest.raises(ValueError, match="not the name"):
            use(name, root=root)


def test_a_view_is_never_served_as_an_original_nor_the_reverse(root):
    """Each view of an original is recorded; another way in would get around that."""
    names = store(b"original", b"view", root=root)

    with pytest.raises(ValueError, match="original"):
        open_original(names.view, root=root)
    with pytest.raises(ValueError, match="view"):
        open_view(names.original, root=root)


def test_a_planted_link_is_not_followed(root, tmp_path):
    names = store(b"original", b"view", root=root)
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (root / names.view).unlink()
    (root / names.view).symlink_to(secret)

    with pytest.raises(OSError) as caught:  # noqa: PT011 (the number says which)
        open_view(names.view, root=root)
    assert caught.value.errno == errno.ELOOP
