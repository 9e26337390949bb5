"""A task may be cancelled at any moment; its connection to SQLite is closed all the same, and the process lives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROUNDS = """
import asyncio, sys
from bot.store.sqlite_connection import connect

async def cancelled(file, turns):
    connection = await connect(file, isolation_level=None)

    async def write():
        await connection.execute("BEGIN IMMEDIATE")
        await connection.commit()

    task = asyncio.create_task(write())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await connection.close()

async def main():
    for number in range(1000):
        await cancelled(sys.argv[1], number % 4)

asyncio.run(main())
print("alive")
"""


def test_a_connection_closes_after_the_call_that_a_cancelled_task_left_behind(tmp_path: Path) -> None:
    # In a process of its own: without the queue it ends by signal 11, and would take the other tests with it.
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", ROUNDS, str(tmp_path / "a.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
