"""Firefox without geckodriver, which Debian does not package: over WebDriver BiDi, which Firefox speaks itself."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import websocket

CONTROL = "\ue009"
ENTER = "\ue007"
ESCAPE = "\ue00c"
TAB = "\ue004"


class Firefox:
    """A headless Firefox with a profile of its own and one window."""

    def __init__(self, program: str, width: int = 1366, height: int = 768) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="firefox-")
        (Path(self._profile.name) / "user.js").write_text('user_pref("network.proxy.type", 0);\n', encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--profile", self._profile.name, "--remote-debugging-port=0"]
        command += [f"--width={width}", f"--height={height}", "about:blank"]
        # No pipe: one that nobody reads fills up, and Firefox would stand still.
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = websocket.create_connection(f"{self._address()}/session", timeout=60, suppress_origin=True)
        self._last = 0
        self._ask("session.new", capabilities={})
        # The tab it starts with is never the active one: what takes the focus there tells nobody.
        self._window = self._ask("browsingContext.create", type="tab")["context"]

    def _address(self) -> str:
        told = Path(self._profile.name) / "WebDriverBiDiServer.json"
        end = time.monotonic() + 60
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError, ValueError):  # not there, or half written
                place = json.loads(told.read_text(encoding="utf-8"))
                return f"ws://{place['ws_host']}:{place['ws_port']}"
            time.sleep(0.05)
        raise AssertionError("Firefox ended, or did not start within 60 s")

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._last:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, address: str) -> None:
        """Open an address and wait until it has loaded."""
        self._ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def run(self, body: str, *arguments: Any) -> Any:
        """The value of a function body; ``arguments`` and the value pass as JSON."""
        code = f"JSON.stringify((function () {{ {body} }}).apply(null, {json.dumps(arguments)}))"
        answer = self._ask(
            "script.evaluate", expression=code, target={"context": self._window}, awaitPromise=True,
        )  # fmt: skip
        assert answer["type"] == "success", answer
        value = answer["result"].get("value")
        return None if value is None else json.loads(value)

    def press(self, *keys: str) -> None:
        """Press keys together, release them in reverse."""
        steps = [{"type": "keyDown", "value": key} for key in keys]
        steps += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        actions = [{"type": "key", "id": "keyboard", "actions": steps}]
        self._ask("input.performActions", context=self._window, actions=actions)

    def click_focused(self) -> None:
        """Click in the middle of the focused element, once the page stands still with it in sight.

        Firefox scrolls to what takes the focus, and back from where it was, in frames of its own:
        a place read before the last of them lies outside the window.
        """
        x, y = self.until(
            """
            const one = document.activeElement;
            one.scrollIntoView({ block: 'center', behavior: 'instant' });
            const box = one.getBoundingClientRect();
            const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
            const still = x + ',' + y === one.dataset.stood;
            one.dataset.stood = x + ',' + y;
            return still && one.contains(document.elementFromPoint(x, y)) && [x, y];
            """
        )
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        actions = [{"type": "pointer", "id": "mouse", "actions": steps}]
        self._ask("input.performActions", context=self._window, actions=actions)

    def until(self, body: str, *arguments: Any, seconds: float = 15) -> Any:
        """The first true value of a function body."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := self.run(body, *arguments):
                return value
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s: {body}")

    def close(self) -> None:
        """End the program and drop its profile."""
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._profile.cleanup()
