"""The separate process: whatever happens to it, the caller gets a coded refusal in time."""

import importlib
import io
import json
import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from django.core.exceptions import ValidationError

from cases.evidence import Limits, apart, inspect
from tests.cases.evidence.evidence_makers import image_bytes, pdf_bytes
from tests.patience import PATIENCE, effort, wait_for

MB = 1024 * 1024


@pytest.fixture
def replace_worker(monkeypatch, tmp_path):
    """Runs these lines instead of worker.py: a worker that an attacker has taken over."""

    def replace(lines: str) -> None:
        path = tmp_path / "taken_over.py"
        path.write_text(textwrap.dedent(lines))
        monkeypatch.setattr(apart, "WORKER", path)

    return replace


def refused_as(content: bytes | None = None, **limits: float) -> str:
    with pytest.raises(ValidationError) as caught:
        inspect(io.BytesIO(content or image_bytes()), name="foto.jpg", limits=Limits(**limits))
    return caught.value.code


VIEW = b"\xff\xd8\xff"
ANSWER = {"width": 9, "height": 9, "view_size": len(VIEW)}


def answering(view: bytes = VIEW, exit_code: int = 0, **changes: object) -> str:
    """A worker that answers like the real one, except for what is named."""
    header = json.dumps(ANSWER | changes).encode() + b"\n"
    return f"""
        import sys
        sys.stdout.buffer.write({header!r} + {view!r})
        sys.exit({exit_code})
    """


@pytest.mark.parametrize(
    "lines",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os; os.abort()",
        "raise SystemExit(3)",
        "",
        "print('nonsense')",
        "print('[' * 4000)",
        "print('[1, 2]')",
        'print(\'{"code": "whatever"}\')',
        "print('{\"code\": [1]}')",
        'print(\'{"code": "evidence_pixels", "params": {"megapixels": "<b>"}}\')',
        'print(\'{"code": "evidence_pixels", "params": {}}\')',
        'print(\'{"code": "evidence_pixels", "params": 7}\')',
        answering(exit_code=3),
        answering(b""),
        answering(VIEW + b"more than promised"),
        answering(b"GIF"),
        answering(width=-1),
        answering(width=1.5),
        answering(height=2**40),
        answering(width="<b>"),
        "print('x' * 3_000_000)",
        "import sys; sys.stdout.buffer.write(bytes(3_000_000))",
    ],
)
def test_a_worker_that_dies_or_talks_nonsense_refuses_the_file(lines, replace_worker):
    replace_worker(lines)

    assert refused_as(view_bytes=MB) == "evidence_unreadable"


def test_a_true_answer_from_a_replaced_worker_is_believed(replace_worker):
    """Otherwise the test above would pass for the wrong reason."""
    replace_worker(answering())

    assert inspect(io.BytesIO(image_bytes()), name="a.jpg").view == VIEW


def test_a_view_larger_than_agreed_is_refused(replace_worker):
    assert refused_as(view_bytes=100) == "evidence_unreadable"

    long = VIEW + bytes(98)
    replace_worker(answering(long, view_size=len(long)))
    assert refused_as(view_bytes=100) == "evidence_unreadable"


def test_a_worker_that_answers_and_then_hangs_is_not_believed(replace_worker):
    replace_worker(
        answering().replace("sys.exit(0)", "sys.stdout.flush(); import time; time.sleep(600)")
    )

    assert refused_as(wall_seconds=1.0) == "evidence_unreadable"


def test_a_worker_that_hangs_is_ended_in_time(replace_worker, tmp_path):
    note = tmp_path / "pid"
    replace_worker(f"""
        import os, time
        open({str(note)!r}, "w").write(str(os.getpid()))
        time.sleep(600)
    """)
    started = time.monotonic()

    assert refused_as(wall_seconds=1.0) == "evidence_unreadable"

    assert time.monotonic() - started < PATIENCE
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_an_interrupted_wait_leaves_no_worker_behind(replace_worker, monkeypatch):
    replace_worker("import time; time.sleep(600)")
    started = []

    class Interrupted(subprocess.Popen):
        def wait(self, timeout=None):
            if not started:
                started.append(self)
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(apart.subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        inspect(io.BytesIO(image_bytes()), name="a.jpg")

    assert started[0].returncode == -9


def test_an_endless_computation_ends_with_its_cpu_limit():
    """The worker's own confine(), then a loop that would never end."""
    program = textwrap.dedent(f"""
        import runpy
        worker = runpy.run_path({str(apart.WORKER)!r})
        worker["confine"](dict(memory_bytes={512 * MB}, cpu_seconds=1, view_bytes={MB}))
        while True: pass
    """)
    ended = subprocess.run([sys.executable, "-I", "-c", program], timeout=PATIENCE, check=False)

    assert ended.returncode < 0


@pytest.mark.parametrize(
    ("attack", "error"),
    [
        ("bytearray(1024 ** 3)", "MemoryError"),
        ("open(path, 'wb', buffering=0).write(bytes(3_000_000)) == 3_000_000 or 1 / 0", "ZeroDiv"),
        ("[open('/dev/null') for _ in range(64)]", "OSError"),
    ],
)
def test_memory_disk_and_files_of_the_worker_are_limited(attack, error, tmp_path):
    program = textwrap.dedent(f"""
        import runpy
        path = {str(tmp_path / "written")!r}
        worker = runpy.run_path({str(apart.WORKER)!r})
        worker["confine"](dict(memory_bytes={512 * MB}, cpu_seconds=9, view_bytes={MB}))
        {attack}
    """)
    ended = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, timeout=PATIENCE, check=False
    )

    assert error in ended.stderr.decode()


def test_without_the_resource_module_files_are_still_decoded(replace_worker):
    """As on Windows: less protected, but it works."""
    replace_worker(f"""
        import runpy, sys
        sys.modules["resource"] = None
        runpy.run_path({str(apart.WORKER)!r}, run_name="__main__")
    """)

    assert inspect(io.BytesIO(image_bytes()), name="a.jpg").width == 640


def test_too_little_memory_is_a_refusal():
    assert refused_as(memory_bytes=1 * MB) == "evidence_unreadable"


def test_the_secrets_of_the_web_process_stay_out_of_the_worker(replace_worker, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    replace_worker("""
        import os, sys
        sys.exit(0 if "SECRET_KEY" in os.environ else 7)
    """)
    seen = []
    monkeypatch.setattr(apart.logger, "warning", lambda *args: seen.append(args))

    assert refused_as() == "evidence_unreadable"
    assert seen[0][2] == 7


def test_the_log_holds_neither_name_nor_content(caplog):
    with pytest.raises(ValidationError):
        inspect(io.BytesIO(b"\xff\xd8\xff Carla Paz"), name="Carla.jpg")

    assert "evidence unreadable: kind=jpeg exit=0 why='SyntaxError'" in caplog.text
    assert "Carla" not in caplog.text


def test_no_process_to_be_had_is_our_fault_not_the_file(monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", "/nowhere/python")

    assert refused_as() == "evidence_not_stored"


def test_no_room_for_the_copy_is_our_fault_not_the_file(monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    module = importlib.import_module("cases.evidence.inspect")
    monkeypatch.setattr(module.tempfile, "TemporaryFile", full)

    assert refused_as() == "evidence_not_stored"


def test_no_more_than_two_workers_run_at_once(replace_worker, tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "SLOT_SECONDS", PATIENCE)
    replace_worker(f"""
        import os, time
        mark = os.path.join({str(tmp_path)!r}, "run-%d" % os.getpid())
        open(mark, "w").close()
        count = len([n for n in os.listdir({str(tmp_path)!r}) if n.startswith("run-")])
        open(os.path.join({str(tmp_path)!r}, "seen-%d-%d" % (count, os.getpid())), "w").close()
        while not os.path.exists(os.path.join({str(tmp_path)!r}, "go")):
            time.sleep(0.01)
        os.remove(mark)
    """)
    slow = {"wall_seconds": PATIENCE}
    threads = [threading.Thread(target=refused_as, kwargs=slow) for _ in range(5)]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(list(tmp_path.glob("seen-*"))) == 2, what="two workers at once")
    assert not apart.slots.acquire(blocking=False)  # a third would have to wait
    (tmp_path / "go").touch()
    for thread in threads:
        thread.join()

    counts = [int(path.name.split("-")[1]) for path in tmp_path.glob("seen-*")]
    assert len(counts) == 5
    assert max(counts) == 2


def test_the_worker_loads_no_django_and_no_decoder_before_its_limits():
    program = f"""
import runpy, sys
runpy.run_path({str(apart.WORKER)!r})
print(sorted({{name.split(".")[0] for name in sys.modules}} & {{"django", "PIL", "pikepdf"}}))
"""
    ended = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    )

    assert ended.stdout.strip() == "[]"


def test_an_ordinary_photo_takes_well_under_two_seconds():
    content = image_bytes((4000, 3000))
    began = effort()
    inspect(io.BytesIO(content), name="foto.jpg")
    inspect(io.BytesIO(pdf_bytes()), name="recibo.pdf")

    assert effort() - began < 4  # for both
