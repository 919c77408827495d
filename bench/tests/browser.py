#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# browser.py -- a page in a headless Chromium, driven through the DevTools protocol, with nothing but Python.
#
#   browser.py BROWSER PAGE CHECK [ARGUMENT]      says what is wrong, and exits 1; see the functions check_*.
#                                                 Exits 77 where the browser itself does not start.
#
# The browser can resolve no name, so nothing that a page asks for can leave the machine; that it asked is seen.

import base64
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE = 60


class Browser:
    """One page.  Commands go to the browser's descriptor 3, answers come from 4; each ends with a zero byte."""

    def __init__(self, program, page, profile):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        to_browser, self.out = os.pipe()
        self.inp, from_browser = os.pipe()
        fds = [os.dup(f) for f in (to_browser, from_browser)]
        for fd in fds:
            os.set_inheritable(fd, True)

        def place():
            high = [os.dup2(fd, 100 + i) for i, fd in enumerate(fds)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + profile, "about:blank"],
            preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=profile))
        for fd in fds + [to_browser, from_browser]:
            os.close(fd)
        self.buffer, self.next_id, self.events, self.session = b"", 0, [], None
        try:
            target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        except (SystemExit, OSError) as error:
            self.process.kill()
            print(error)
            sys.exit(77)
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in "Page", "Runtime", "Log", "Network", "Accessibility":
            self.ask(domain + ".enable")
        self.ask("Page.navigate", url="file://" + os.path.realpath(page))
        self.wait_for("Page.loadEventFired")

    def read(self):
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            if not select.select([self.inp], [], [], max(0, end - time.monotonic()))[0]:
                raise SystemExit("the browser says nothing")
            piece = os.read(self.inp, 1 << 20)
            if not piece:
                raise SystemExit("the browser has gone")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **params):
        self.next_id += 1
        message = {"id": self.next_id, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.next_id:
                if "error" in answer:
                    raise SystemExit("%s: %s" % (method, answer["error"]))
                return answer["result"]
            self.events.append(answer)

    def wait_for(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def js(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit("%s: %s" % (expression, result["exceptionDetails"]))
        return result["result"].get("value")

    def key(self, key, code, text=""):
        for kind in "keyDown", "keyUp":
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                     text=text if kind == "keyDown" else "")

    def type(self, text):
        self.ask("Input.insertText", text=text)

    def click(self, expression):
        """Where the element is when what came before has been drawn."""
        self.js(expression + ".scrollIntoView({block: 'center', behavior: 'instant'})")
        self.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        box = self.js("(() => { const r = " + expression + ".getBoundingClientRect();"
                      "return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        for kind in "mouseMoved", "mousePressed", "mouseReleased":
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], clickCount=1,
                     button="none" if kind == "mouseMoved" else "left")

    def width(self, pixels, dark=False, media=""):
        self.ask("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1,
                 mobile=pixels < 500)
        self.ask("Emulation.setEmulatedMedia", media=media,
                 features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def close(self):
        self.session = None
        try:
            self.ask("Browser.close")
        except (SystemExit, OSError):
            self.process.kill()
        self.process.wait(PATIENCE)


def must(truth, words):
    if not truth:
        raise SystemExit(words)


def soon(truth):
    """Clicks are handled when the browser comes to it."""
    end = time.monotonic() + PATIENCE
    while not truth():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def told(browser):
    """What the page's console said, and what it asked for beyond itself."""
    browser.js("new Promise(done => setTimeout(done, 300))")
    page = browser.js("location.href.split('#')[0]")
    for event in browser.events:
        params = event.get("params", {})
        if event.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            yield json.dumps(params)[:600]
        if event.get("method") == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if url.split("#")[0] != page and not url.startswith("data:"):
                yield "a request: " + url


def check_quiet(browser, _):
    """No console message, no request, no script of somebody else; whatever is opened and clicked."""
    for size in 360, 1280:
        browser.width(size)
        browser.js("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        browser.js("window.scrollTo(0, document.body.scrollHeight)")
    said = list(told(browser))
    must(not said, "\n".join(said))
    must(browser.js("document.scripts.length") == 1, "more than one script")
    must(browser.js("typeof window.pwned") == "undefined", "a script of the data was run")


def column(browser, number):
    return browser.js("[...document.querySelectorAll('#all tbody tr')].map(r => { const c = r.cells[%d];"
                      "return c.dataset.v === undefined ? null : Number(c.dataset.v); })" % number)


def check_sorts(browser, _):
    """By click and by keyboard; up, down and back; what has no number stays last."""
    time_head = "document.querySelectorAll('#all thead th')[6]"
    sort = lambda: browser.js(time_head + ".getAttribute('aria-sort')")
    before = column(browser, 6)
    must(len(before) > 1, "a table of one row cannot be sorted")
    browser.click(time_head + ".querySelector('button')")
    must(soon(lambda: sort() == "ascending"), "no aria-sort after a click")
    up = column(browser, 6)
    known = sorted(v for v in before if v is not None)
    must([v for v in up if v is not None] == known, "not ascending: %s" % up[:20])
    must(all(v is None for v in up[len(known):]), "what has no time is not last")
    browser.js(time_head + ".querySelector('button').focus()")
    browser.key("Enter", 13, "\r")
    must(soon(lambda: sort() == "descending"), "Enter does not sort")
    down = column(browser, 6)
    must(down[:len(known)] == known[::-1] and all(v is None for v in down[len(known):]),
         "not descending: %s" % down[:20])
    browser.key(" ", 32, " ")
    must(soon(lambda: sort() is None) and column(browser, 6) == before, "not back to where it was")
    must(browser.js("document.querySelectorAll('#all [aria-sort]').length") == 0, "more than one column is sorted")


def check_filters(browser, _):
    """By words and by choice, all of them at once, told in words; and all rows again."""
    shown = lambda: browser.js("[...document.querySelectorAll('#all tbody tr')].filter(r => r.offsetParent !== null)"
                               ".map(r => [r.cells[0].textContent, r.cells[1].textContent, r.dataset.verdict])")
    status = lambda: browser.js("document.querySelector('#filter [role=status]').textContent")
    choose = lambda i, value: browser.js(
        "(() => { const s = document.querySelectorAll('#filter select')[%d]; s.value = %s;"
        "s.dispatchEvent(new Event('input', {bubbles: true})); return s.value; })()" % (i, json.dumps(value)))
    every = shown()
    must(status() == "%d of %d rows" % (len(every), len(every)), "at first: " + status())
    browser.js("document.querySelector('#filter input').focus()")
    browser.type("SERIAL")
    must(soon(lambda: len(shown()) < len(every)), "words change nothing")
    found = shown()
    must(0 < len(found) < len(every) and all("serial" in " ".join(row) for row in found),
         "words: %d of %d" % (len(found), len(every)))
    must(status() == "%d of %d rows" % (len(found), len(every)), "after words: " + status())
    browser.type(" no-such-word")
    must(soon(lambda: shown() == []) and status().startswith("0 of"), "no row should fit")
    browser.click("document.querySelector('#filter button[type=reset]')")
    must(soon(lambda: shown() == every), "not all rows again")
    names = browser.js("[...document.querySelectorAll('#filter select')].map(s => [...s.options].map(o => o.value))")
    must(len(names) == 3 and all(len(n) > 1 for n in names), "choices: %s" % names)
    for i in range(3):
        value = names[i][-1]
        must(choose(i, value) == value, "no such choice: " + value)
        must(shown() == [row for row in every if row[i] == value], "choice %d: %s" % (i, shown()[:5]))
        choose(i, "")


def check_sound(browser, _):
    """Headings in order, ids once, everything named; and the page never scrolls sideways."""
    levels = browser.js("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => Number(h.tagName[1]))")
    must(levels[0] == 1 and levels.count(1) == 1, "headings: %s" % levels[:9])
    must(all(b <= a + 1 for a, b in zip(levels, levels[1:])), "a heading is skipped: %s" % levels)
    ids = browser.js("[...document.querySelectorAll('[id]')].map(e => e.id)")
    twice = [name for name in ids if ids.count(name) > 1]
    must(not twice, "ids that stand twice: %s" % twice[:5])
    lost = browser.js("[...document.querySelectorAll('a[href^=\"#\"], svg use')].map(a => a.getAttribute('href'))"
                      ".filter(h => !document.getElementById(decodeURIComponent(h.slice(1))))")
    must(not lost, "links to nothing: %s" % lost[:5])
    must(browser.js("[...document.querySelectorAll('table')].every(t => t.caption && t.tHead)"),
         "a table has no caption")
    must(browser.js("[...document.querySelectorAll('thead th')].every(h => h.scope === 'col')"), "a th has no scope")
    must(browser.js("document.documentElement.lang") == "en", "no language")
    must(browser.js("[...document.querySelectorAll('nav,form,[role=region],[tabindex=\"0\"]')]"
                    ".every(e => e.getAttribute('aria-label'))"), "a region has no name")
    unnamed = [n["role"]["value"] for n in browser.ask("Accessibility.getFullAXTree")["nodes"]
               if not n["ignored"] and n["role"]["value"] in ("button", "link", "image", "img", "combobox", "searchbox",
                                                              "table")
               and not n.get("name", {}).get("value")]
    must(not unnamed, "without a name: %s" % unnamed)
    for size in 360, 768, 1280:
        browser.width(size)
        must(browser.js("document.scrollingElement.scrollWidth") <= size,
             "%d pixels: the page is %d wide" % (size, browser.js("document.scrollingElement.scrollWidth")))
    browser.key("Tab", 9)
    must(soon(lambda: browser.js("document.activeElement.className") == "skip"),
         "the first Tab does not lead to the skip link")


def check_contrast(browser, _):
    """Text of all kinds stands out from what is behind it: 4.5 to 1 (WCAG 2.2, 1.4.3), light and dark."""
    for dark in False, True:
        browser.width(1280, dark)
        poor = browser.js("""(() => {
            const rgb = c => c.match(/[\\d.]+/g).map(Number);
            const light = c => { const v = rgb(c).slice(0, 3).map(x => x / 255).map(x =>
                x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
            const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
                if ((rgb(c)[3] ?? 1) > 0) return c; } return 'rgb(255, 255, 255)'; };
            const seen = {};
            document.querySelectorAll('body *:not(svg):not(svg *):not(script)').forEach(e => {
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) return;
                const a = light(getComputedStyle(e).color), b = light(behind(e));
                const r = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (r < 4.5) seen[e.tagName + '.' + e.className] = r; });
            return seen; })()""")
        must(not poor, "%s: %s" % ("dark" if dark else "light", poor))


def check_shots(browser, folder):
    """Not a check: pictures to be looked at."""
    def shot(name, **more):
        data = browser.ask("Page.captureScreenshot", format="png", **more)["data"]
        with open(os.path.join(folder, name + ".png"), "wb") as out:
            out.write(base64.b64decode(data))
    for dark in False, True:
        for size in 360, 768, 1280:
            browser.width(size, dark)
            tall = min(int(os.environ.get("TALL", "5000")), browser.js("document.scrollingElement.scrollHeight"))
            start = int(os.environ.get("FROM", "0"))
            shot("%d-%s" % (size, "dark" if dark else "light"), captureBeyondViewport=True,
                 clip={"x": 0, "y": start, "width": size, "height": tall, "scale": 1})
    with open(os.path.join(folder, "page.pdf"), "wb") as out:
        out.write(base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"]))


def main(program, page, check, argument=None):
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(program, page, profile)
        try:
            globals()["check_" + check](browser, argument)
        finally:
            browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
