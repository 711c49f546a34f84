import time

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import markdown

SIGNS = st.text(alphabet=st.sampled_from("ab@_*`~#>|-[]()!<&;:/.\\\n \"'+1=\x00"), max_size=300)


def again(html):
    """A second washing by the same rules."""
    return nh3.clean(
        html,
        tags=markdown.TAGS,
        attributes=markdown.ATTRIBUTES,
        allowed_classes=markdown.CLASSES,
        link_rel=markdown.LINK_REL,
    )


@given(st.one_of(SIGNS, st.text(max_size=300)))
def test_whatever_is_typed_gives_safe_html(words):
    html = markdown.render(words)
    assert again(html) == html
    assert "<script" not in html
    assert "<img" not in html
    markdown.plain(words, 80)
    markdown.mentioned(words)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "<a href='javascript:alert(1)'>x</a>",
        "![x](javascript:alert(1))",
        '[x](https://a.b "onmouseover=alert(1)")',
        "<img src=x onerror=alert(1)>",
        "<https://a.b/\"onclick='x'>",
    ],
)
def test_attacks_are_words(attack):
    html = markdown.render(attack)
    tags = html.replace(">", "<").split("<")[1::2]
    assert not any("script:" in tag or " on" in tag or tag.startswith("img") for tag in tags)


def test_links_are_not_endorsed():
    assert 'rel="nofollow ugc noopener"' in markdown.render("[x](https://example.org)")
    assert 'rel="nofollow ugc noopener"' in markdown.render("see https://example.org/a_b_c.")


def test_a_bare_address_ends_before_the_full_stop():
    assert '<a href="https://example.org/a_b_c" ' in markdown.render("(https://example.org/a_b_c).")


def test_pictures_become_links():
    html = markdown.render("![A plan](https://elsewhere.example/plan.png)")
    assert '<a href="https://elsewhere.example/plan.png" ' in html
    assert ">A plan</a>" in html


def test_headings_start_below_those_of_the_page():
    assert markdown.render("# One\n\n## Two\n\n##### Five") == (
        "<h3>One</h3>\n<h4>Two</h4>\n<h6>Five</h6>\n"
    )


def test_line_breaks_tables_and_strikes():
    assert "<br>" in markdown.render("a\nb")
    assert "<table>" in markdown.render("|a|b|\n|-|-|\n|1|2|")
    assert "<s>gone</s>" in markdown.render("~~gone~~")


def test_mentions_lead_to_the_profile():
    html = markdown.render("Ask @Mara_L, not `@code`, [@linked](https://a.b) or me@example.org")
    assert '<a href="/people/mara_l/" class="mention" ' in html
    assert html.count('class="mention"') == 1


def test_mentioned_are_the_first_ten_each_once():
    many = " ".join(f"@member_{n}" for n in range(30))
    assert markdown.mentioned("@Mara @mara `@code`\n\n    @block\n\n> @tom") == ["mara", "tom"]
    assert len(markdown.mentioned(many)) == 10


def test_plain_words():
    words = "# Title\n\nSome **bold** and `code`,\nnext\n\n- a [link](https://a.b)\n\n![pic](x)"
    assert markdown.plain(words, 200) == "Title Some bold and code, next a link pic"
    assert markdown.plain(words, 16) == "Title Some bold…"


@pytest.mark.parametrize(
    "deep",
    [
        ">" * 10_000,
        "- " * 10_000,
        "[" * 10_000,
        "**a " * 8_000,
        "![" * 15_000,
        "`" * 20_000,
        "<" * 20_000,
        "@abc " * 8_000,
        "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + ("|a" * 300 + "|\n") * 20,
    ],
    ids=lambda words: words[:4],
)
def test_giant_nesting_answers_soon(deep):
    began = time.monotonic()
    markdown.render(deep)
    # Generous: quadratic work on these would take minutes.
    assert time.monotonic() - began < 15
