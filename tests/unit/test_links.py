"""Links as they are read, followed and asked for: dead ones are named, and no request is led into a private network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from mgsite.links import outside, walk
from mgsite.links.asking import Answer, ask
from mgsite.links.connecting import RefusedError, is_public, request
from mgsite.links.outside import GONE, MOVED, NOT_ASKED, REACHED, SILENT, TURNED_AWAY, Outside
from mgsite.links.reading import Link, read
from mgsite.links.walk import Walk

HTML, SITE = "text/html", "http://127.0.0.1:8000"


def links(body: str, kind: str = HTML) -> list[str]:
    found = read(Answer(200, kind, body), address=f"{SITE}/a/")
    return [link.url.removeprefix(SITE) for link in found.links]


def test_every_way_to_name_an_address_is_read() -> None:
    html = """<link rel="canonical" href="/c/"><script src="s.js"></script><img src="i.png" srcset="/1.png, /2.png 2x">
    <use href="#u"><form action="?q"></form><box-x data-list="/l.json"></box-x><iframe src="../f/"></iframe>
    <meta property="og:image" content="/og.png"><q cite="/q/"></q><textarea>&lt;a href="/no/"></textarea>"""
    assert links(html) == [
        *("/c/", "/a/s.js", "/a/i.png", "/1.png", "/2.png", "/a/#u", "/a/?q", "/l.json", "/f/", "/og.png", "/q/")
    ]
    assert links("@import 'x.css'; /* url(no.png) */ a { b: url( ../y.woff2 ) }", "text/css") == [
        "/a/x.css",
        "/y.woff2",
    ]
    assert links('import "./e.js";\nexport { a } from "../f.js";', "text/javascript") == ["/a/e.js", "/f.js"]
    assert links("Sitemap: /sitemap.xml", "text/plain") == ["/sitemap.xml"]
    feed = '<feed xmlns="x:y"><link href="/e/"/><content type="html">&lt;a href="/in/"&gt;</content></feed>'
    assert links(feed, "application/atom+xml") == ["/e/", "/in/"]
    for root, listed in (("urlset", True), ("sitemapindex", False)):
        body = f'<{root} xmlns="x:y"><url><loc>/l/</loc></url></{root}>'
        found = read(Answer(200, "application/xml", body), address=f"{SITE}/a/")
        assert found.links == [Link(f"{SITE}/l/", listed=listed)]


def test_forms_readers_links_and_places_are_told_apart() -> None:
    html = '<form action="/p/" method="post"><a href="/r/" rel="ugc nofollow" id="x">r</a><a name="y"></a><p name="z">'
    found = read(Answer(200, HTML, html), address=SITE)
    assert found.links == [Link(f"{SITE}/p/", posted=True), Link(f"{SITE}/r/", of_readers=True)]
    assert found.places == {"x", "y"}


PAGES = {
    "/": '<a href="/gone/">a</a><a href="/b/#here">b</a><a href="/b/#not">c</a><a href="/old/#here">d</a>'
    '<a href="/old/#not">d</a><a href="#top">e</a><a href="htp://typo.example/">l</a><a href="http://[">m</a>'
    '<form action="/post/" method="post"></form><a href="/post/">f</a><a href="/list/?x=1">g</a><a href="/loop/">h</a>'
    '<a href="https://other.example/p#q">i</a><a href="mailto:x@y.example">j</a><a href="/admin/">k</a>',
    "/b/": '<p id="here"><a href="/gone/">again</a>',
    "/list/?x=1": '<a href="/list/?x=2">deeper</a><a href="/gone-too/">plain</a>',
    "/admin/": '<a href="/nobody-reads-this/">',
}
MOVED_TO = {"/old/": "/b/", "/loop/": "/loop/", "/leaves/": "https://other.example/"}


@pytest.fixture
def little_site(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of a few pages in place of ours; returns what it was asked for."""
    asked: list[str] = []

    def answer(address: str) -> Answer:
        path = address.removeprefix(SITE)
        asked.append(path)
        if path in MOVED_TO:
            return Answer(302, location=SITE + MOVED_TO[path])
        status = 405 if path == "/post/" else 200 if path in PAGES else 404
        return Answer(status, HTML, PAGES.get(path, ""))

    monkeypatch.setattr(walk, "ask", answer)
    return asked


def test_a_walk_names_each_dead_link_with_its_pages_and_asks_once(little_site: list[str]) -> None:
    done = Walk()
    done.go([f"{SITE}/"])
    dead = {fault.url.removeprefix(SITE): (fault.reason, fault.pages) for fault in done.dead()}
    assert dead == {
        "/gone/": ("answers 404", (f"{SITE}/", f"{SITE}/b/")),
        "/b/#not": ("there is no such place on the page", (f"{SITE}/",)),
        "/old/#not": ("there is no such place on the page", (f"{SITE}/",)),
        "/post/": ("answers 405", (f"{SITE}/",)),
        "htp://typo.example/": ("is no address", (f"{SITE}/",)),
        "http://[": ("is no address", (f"{SITE}/",)),
        "/loop/": ("is sent round in a circle", (f"{SITE}/",)),
        "/gone-too/": ("answers 404", (f"{SITE}/list/?x=1",)),
    }
    assert [fault.reason for fault in done.detours()] == [f"leads on to {SITE}{path}" for path in ("/loop/", "/b/")]
    assert (done.left_out, list(done.outside)) == (1, ["https://other.example/p"])
    assert len(little_site) == len(set(little_site))


CANONICAL = f'<link rel="canonical" href="{SITE}/%s">'


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        (CANONICAL % "page/", None),
        (CANONICAL % "other/", f"is in the sitemap, and says that its address is {SITE}/other/"),
        (
            CANONICAL % "page/" + '<meta name="robots" content="noindex">',
            "is in the sitemap, and asks not to be listed",
        ),
        ("robots: noindex", "is in the sitemap, and asks not to be listed"),
        ("", "is in the sitemap, and says that its address is "),
    ],
)
def test_a_sitemap_may_name_final_addresses_only(page: str, wrong: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    sitemap = f'<urlset xmlns="x:y"><url><loc>{SITE}/page/</loc></url></urlset>'
    robots = page.removeprefix("robots: ") if page.startswith("robots") else ""
    answers = {
        f"{SITE}/sitemap.xml": Answer(200, "application/xml", sitemap),
        f"{SITE}/page/": Answer(200, HTML, page, robots=robots),
    }
    monkeypatch.setattr(walk, "ask", lambda address: answers.get(address, Answer(200)))
    done = Walk()
    done.go([f"{SITE}/sitemap.xml"])
    assert [fault.reason for fault in done.dead()] == ([wrong] if wrong else [])


def test_depth_says_how_far_query_strings_are_followed(little_site: list[str]) -> None:
    done = Walk(depth=2)
    done.go([f"{SITE}/"])
    assert "/list/?x=2" in little_site
    assert done.left_out == 0


def test_of_files_of_one_kind_a_few_may_do(little_site: list[str]) -> None:
    done = Walk(most_files=2)
    done.go(
        [
            f"{SITE}{path}"
            for path in ("/studies/a.json", "/studies/b.json", "/studies/c.json", "/claims/c.json", "/x.y")
        ]
    )
    assert little_site == ["/studies/a.json", "/studies/b.json", "/claims/c.json", "/x.y"]
    assert done.left_out == 1


def test_an_address_that_only_a_form_posts_to_may_refuse_a_get(little_site: list[str]) -> None:
    done = Walk()
    done._meet(Link(f"{SITE}/post/", posted=True), page=f"{SITE}/", depth=0)
    done.go([])
    assert list(done.dead()) == []


def test_the_site_answers_as_it_does_over_a_socket(db: None, settings) -> None:
    assert ask(f"{SITE}/about/privacy/").type == HTML
    assert ask(f"{SITE}/favicon.ico").location == f"{SITE}/static/img/favicon.svg"
    assert ask(f"{SITE}/static/css/site.css").body
    assert (ask(f"{SITE}/static/no.css").status, ask(f"{SITE}/%C3%A9/?%ff").status) == (404, 404)
    settings.SITE_URL, settings.SECURE_SSL_REDIRECT = "https://m.example", True
    settings.SECURE_PROXY_SSL_HEADER, settings.ALLOWED_HOSTS = ("HTTP_X_FORWARDED_PROTO", "https"), ["m.example"]
    assert ask("https://m.example/about/privacy/").status == 200


# Other sites


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "fe80::1",
        ),
        *("fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::"),
        *("::7f00:1", "fec0::1", "64:ff9b:1::a00:1"),
    ],
)
def test_addresses_of_private_networks_are_known_in_every_dress(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_addresses_of_the_open_internet_are_public() -> None:
    assert all(
        is_public(ipaddress.ip_address(each)) for each in ("93.184.216.34", "2606:2800:220:1::1", "64:ff9b::808:808")
    )


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"]
)
def test_no_request_leaves_for_this_machine(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection was made"))
    with pytest.raises((RefusedError, socket.gaierror)):
        request("GET", url, headers={}, allowed=is_public)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(RefusedError, match="private"):
        request("GET", "http://rebound.example/", headers={}, allowed=is_public)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "file:///etc/passwd", "https://", "http://[", "http://a:b:c/", "x"]
)
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    (finding,) = Outside(pause=0).look_at([url])
    assert finding.state == NOT_ASKED


class Elsewhere(BaseHTTPRequestHandler):
    """Another site: its paths say what it answers."""

    seen: list[tuple[str, str, str]] = []

    def do_GET(self) -> None:
        type(self).seen.append((self.command, self.path, self.headers["User-Agent"]))
        head, _, rest = self.path.strip("/").partition("/")
        status = int(head)
        status = 405 if status == 206 and self.command == "HEAD" else 200 if status == 206 else status
        self.send_response(status)
        if rest:
            self.send_header("Location", rest if "://" in rest else f"/{rest}")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    Elsewhere.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", REACHED),
        ("/206", REACHED),
        ("/404", GONE),
        ("/410", GONE),
        ("/403", TURNED_AWAY),
        ("/429", TURNED_AWAY),
        ("/301/200", MOVED),
        ("/302/200", REACHED),
        ("/301/404", GONE),
        ("/301/http://user@[::ffff:7f00:1]:1/", NOT_ASKED),
        ("/302/file:///etc/passwd", NOT_ASKED),
    ],
)
def test_what_another_site_says_is_told_in_words(path: str, state: str, elsewhere: str) -> None:
    (finding,) = Outside(allowed=lambda address: address.version == 4, pause=0).look_at([elsewhere + path])
    assert finding.state == state
    assert all(
        agent == "MagnesiumMind-link-check/1 (+http://127.0.0.1:8000/about/contact/)" for *_, agent in Elsewhere.seen
    )


def test_a_server_that_fails_or_is_not_there_is_tried_again_and_then_let_be(
    elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (finding,) = Outside(allowed=lambda _: True, pause=0).look_at([f"{elsewhere}/503"])
    assert (finding.state, finding.said) == (outside.BROKEN, "answers 503")
    assert len(Elsewhere.seen) == outside.TRIES * 2  # HEAD and GET each time
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        (finding,) = Outside(allowed=lambda _: True, pause=0).look_at([f"http://127.0.0.1:{unused.getsockname()[1]}/"])
    assert finding.state == SILENT


def test_hosts_take_turns_and_each_is_given_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, slept = [], []
    monkeypatch.setattr(outside, "request", lambda method, url, **_: asked.append(url) or outside.Heard(200))
    monkeypatch.setattr(outside.time, "sleep", slept.append)
    list(Outside(pause=9).look_at(["http://a/1", "http://a/2", "http://b/1"]))
    assert asked == ["http://a/1", "http://b/1", "http://a/2"]
    assert [round(seconds) for seconds in slept] == [0, 0, 9]
