"""One message can be followed through the log of the process, by one code."""

from __future__ import annotations

from pathlib import Path

from bot.dialogue.message_code import code_of
from tests.integration.channels.town import at_work, open_town
from tests.log import lines_of

WORDS = "đăng ký khai sinh"
STEPS = ["message_kept", "message_taken_up", "message_answered", "message_done"]


async def test_a_message_of_a_messenger_from_its_arrival_to_its_answer(tmp_path: Path) -> None:
    async with open_town(tmp_path, LOG_LEVEL="DEBUG") as town:
        async with at_work(town) as server:
            update = town.telegram.message(1, WORDS)
            await town.telegram.push(update)
            await town.telegram.wait_for_sent(1, 20)
            _, said = server.stop()
        lines = [line for line in lines_of(said) if "message" in line and line["logger"].startswith("bot.operations")]
        assert {line["message"] for line in lines} == {code_of("telegram", f"update:{update['update_id']}")}
        events = [line["event"] for line in lines]
        assert ([event for event in events if event != "part_sent"], "part_sent" in events) == (STEPS, True)
        done = lines[-1]
        assert set(done) == {
            *("time", "level", "logger", "event", "message", "channel", "task", "kind", "ended", "status", "ms"),
            *("waiting_ms", "answering_ms", "sending_ms"),
        }
        assert {name: done[name] for name in ("level", "channel", "kind", "ended")} == {
            "level": "info",
            "channel": "telegram",
            "kind": "message",
            "ended": "answered",
        }
