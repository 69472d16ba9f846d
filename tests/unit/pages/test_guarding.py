import pytest
from starlette.requests import Request

from services.portal.pages.guarding import FromElsewhere, from_our_own_pages


def post(**headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "pages.example", **headers}.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": pairs, "query_string": b""})


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_post_the_browser_calls_foreign_is_refused(site: str) -> None:
    with pytest.raises(FromElsewhere):
        from_our_own_pages(post(sec_fetch_site=site))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "https://pages.example.elsewhere.example", "https://pages.example:99"])
def test_a_post_from_another_origin_is_refused(origin: str) -> None:
    with pytest.raises(FromElsewhere):
        from_our_own_pages(post(origin=origin))


OURS = [{"sec_fetch_site": "same-origin"}, {"origin": "https://pages.example"}, {"origin": "null"}, {}]


@pytest.mark.parametrize("headers", OURS)
def test_a_post_from_our_own_pages_passes(headers: dict[str, str]) -> None:
    from_our_own_pages(post(**headers))
