"""Opens a stop of the tour in a browser, as somebody, and takes its picture."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page

from community.models import Member
from tests.tour import Stop, session_cookie

INDEX = """<!doctype html><meta charset="utf-8"><title>Plenum, every page</title>
<style>body{{font:16px system-ui;background:#777;display:flex;flex-wrap:wrap;gap:16px}}
figure{{margin:0;background:#fff}}img{{height:600px}}</style>{figures}"""
FIGURE = """<figure><a href="{name}"><img src="{name}" loading="lazy"></a>
<figcaption>{name}</figcaption></figure>"""


def open_stop(context: BrowserContext, address: str, stop: Stop, language: str = "en") -> Page:
    """The page of a stop. An error page without an address is put where another page was."""
    page = context.new_page()
    page.goto(address + stop.path)
    if stop.template:
        with translation.override(language):
            page.set_content(render_to_string(stop.template))
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    return page


class Camera:
    """Keeps one browser, and a session for each who looks."""

    def __init__(self, browser: Browser, address: str, target: Path) -> None:
        self.browser, self.address, self.target = browser, address, target
        self.cookies: dict[str, dict[str, str]] = {}
        self.taken: list[str] = []
        target.mkdir(parents=True, exist_ok=True)

    def take(self, stop: Stop, width: int, theme: str, language: str) -> None:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]  # a word of two
            locale=language,
            reduced_motion="reduce",
        )
        if stop.who:
            Member.objects.filter(handle=stop.who).update(language=language)
            context.add_cookies([self._cookie(stop.who)])  # type: ignore[list-item]  # a TypedDict
        name = f"{stop.name}-{width}-{theme}-{language}.png"
        page = open_stop(context, self.address, stop, language)
        page.screenshot(path=self.target / name, full_page=True)
        context.close()
        self.taken.append(name)

    def _cookie(self, handle: str) -> dict[str, str]:
        if handle not in self.cookies:
            self.cookies[handle] = session_cookie(handle, self.address)
        return self.cookies[handle]

    def close(self) -> None:
        figures = "\n".join(FIGURE.format(name=name) for name in sorted(self.taken))
        (self.target / "index.html").write_text(INDEX.format(figures=figures))
        self.browser.close()
