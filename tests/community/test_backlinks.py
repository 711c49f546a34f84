import pytest

from community.backlinks import leads_to

HERE = ["https://plenum.example/people/mara/", "https://plenum.example/people/old_mara/"]
AT = "https://mara.example.org/about"


@pytest.mark.parametrize(
    "html",
    [
        '<a rel="me" href="https://plenum.example/people/mara/">',
        '<A REL="nofollow ME" HREF="https://Plenum.example/people/mara">',
        '<link rel="me" href="//plenum.example/people/mara/?x=1#y">',
        "<p><a rel=me href=https://plenum.example/people/old_mara/>old</a>",
    ],
)
def test_a_page_that_links_back(html):
    assert leads_to(html, at=AT, any_of=HERE)


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<a href="https://plenum.example/people/mara/">',
        '<a rel="mentor" href="https://plenum.example/people/mara/">',
        '<a rel="me" href="https://plenum.example/people/tom/">',
        '<a rel="me" href="https://evil.example/people/mara/">',
        '<a rel="me" href="http://plenum.example/people/mara/">',
        '<a rel="me" href="/people/mara/">',
        '<a rel="me">',
        '<a rel="me" href="https://[broken">',
        '<!-- <a rel="me" href="https://plenum.example/people/mara/"> -->',
        '<script>"<a rel=me href=https://plenum.example/people/mara/>"</script>',
    ],
)
def test_a_page_that_does_not(html):
    assert not leads_to(html, at=AT, any_of=HERE)
