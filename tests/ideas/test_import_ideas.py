"""Files as they come: what is imported, what is refused, and what is said about it."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from activity.models import EventRecord
from community.models import Mail, Member, Notification
from ideas.importing import lines
from ideas.models import Decision, Idea, Support
from ideas.services import tallies
from ideas.status import Status

pytestmark = pytest.mark.django_db
AWKWARD = Path(__file__).parent / "data" / "awkward.csv"
REAL = Path(__file__).parents[3] / "shared" / "data" / "tc39_proposals.csv"
MAPS = ["author=authors", "created=first_seen", "decided=last_seen"]


@pytest.fixture
def run(board, tmp_path):
    """Import a file, or a text or bytes as one; returns the line of counts and the complaints."""

    def run(source, name="ideas.csv", **options):
        path = source if isinstance(source, Path) else tmp_path / name
        if not isinstance(source, Path):
            path.write_bytes(source if isinstance(source, bytes) else source.encode())
        out, err = io.StringIO(), io.StringIO()
        options = {"board": board.slug, "default_author": "Ada"} | options
        call_command("import_ideas", path, stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return run


def counts(created=0, updated=0, unchanged=0, refused=0):
    total = created + updated + unchanged + refused
    return (
        f"created {created}, updated {updated}, unchanged {unchanged}, "
        f"refused {refused}, total {total}\n"
    )


def test_awkward_rows_come_whole(run, board):
    assert run(AWKWARD, map=MAPS) == (counts(created=18), "Columns not used: meetings.\n")
    titles = set(Idea.objects.values_list("title", flat=True))
    assert {'`"use module"`', "Blöcks", "Two lines", "日本語のタイトル"} <= titles
    assert run(AWKWARD, map=MAPS)[0] == counts(unchanged=18)


@pytest.mark.skipif(not REAL.exists(), reason="the file lies beside the project")
def test_the_proposals_of_a_standards_committee_come_whole(run):
    assert run(REAL, map=MAPS)[0] == counts(created=289)
    assert Idea.objects.filter(status=Status.DECLINED).count() == 46
    assert Decision.objects.filter(statement="Published in 2025").exists()
    assert run(REAL, map=MAPS)[0] == counts(unchanged=289)


def test_every_field_of_json_lines_arrives(run, board, supporter):
    row = {
        "title": "Charge at night",
        "body": "When it is **cheap**.",
        "author": "Lena Fuchs",
        "created": "2024-05-02",
        "status": "declined",
        "statement": "Not *now*.",
        "decided": "2024-06-01T08:00:00+02:00",
        "supporters": ["sven", "Nobody Known", "Lena Fuchs"],
        "tags": ["Night", "tariff"],
        "language": "de",
        "url": "https://old.example.org/ideas/7",
        "external_id": "old-7",
    }
    assert run(json.dumps(row), "ideas.jsonl") == (counts(created=1), "")
    idea = Idea.objects.get(board=board, external_id="old-7")
    assert (idea.author.display_name, idea.language, idea.status) == (
        "Lena Fuchs",
        "de",
        "declined",
    )
    assert idea.body_html == "<p>When it is <strong>cheap</strong>.</p>\n"
    assert idea.created_at.date().isoformat() == idea.opened_at.date().isoformat() == "2024-05-02"
    assert idea.source_url == "https://old.example.org/ideas/7"
    assert set(idea.tags.names()) == {"night", "tariff"}
    decision = idea.decisions.get()
    assert (decision.origin, decision.from_status, decision.statement) == (
        "imported", "open", "Not *now*.",
    )  # fmt: skip
    assert decision.created_at.isoformat() == "2024-06-01T06:00:00+00:00"
    voters = idea.supports.values_list("member__display_name", "state", "cause")
    assert set(voters) == {
        ("Sven Holm", "counted", "imported"),
        ("Nobody Known", "counted", "imported"),
    }
    assert idea.tally.supports == 2
    assert tallies.drifts() == []


def test_nobody_hears_of_imported_history(run, author, supporter, deliver):
    before = set(EventRecord.objects.values_list("pk", flat=True))
    run("title,author,status,supporters\nOld,ada,shipped,sven; tom\n")
    # Where it stands is for books that are kept by board and tag.
    (said,) = EventRecord.objects.exclude(pk__in=before)
    assert said.kind == "ideas.sorted"
    assert deliver() == 1
    assert not Notification.objects.exists()
    assert not Mail.objects.exists()


def test_a_dry_run_says_the_same_and_keeps_nothing(run):
    assert run(AWKWARD, map=MAPS, dry_run=True)[0] == counts(created=18)
    assert not Idea.objects.exists()
    assert not Member.objects.filter(email__endswith="@import.invalid").exists()


def test_bad_lines_are_named_and_good_ones_come(run):
    rows = [
        "title,created,status,language,url,supporters,tags,author",
        ",,,,,,,",
        f"{'x' * 201},,,,,,,",
        "Good one,,,,,,,",
        "When?,yesterday,,,,,,",
        "Later,2999-01-01,,,,,,",
        "Earlier,1066,,,,,,",
        "What?,,finished,,,,,",
        "Français,,,fr,,,,",
        "Where?,,,,javascript:alert(1),,,",
        "Many,,,,,99999999999,,",
        "Tagged,,,,,,a;b;c;d;e;f,",
        f"Named,,,,,,,{'n' * 81}",
        "Too,few",
        "Good two,,,,,,,",
        "good ONE!,,,,,,,",
        "Drafted,,draft,,,sven,,",
    ]
    out, err = run("\n".join(rows))
    assert out == counts(created=2, refused=14)
    assert err.splitlines() == [
        "line 2: title: is missing",
        "line 3: title: 201 characters, 200 at the most",
        "line 5: created: yesterday is no date",
        "line 6: created: 2999-01-01 lies in the future",
        "line 7: created: 1066 is too long ago",
        f"line 8: status: finished is none of {', '.join(Status)}; --map-status can translate it",
        "line 9: language: fr is none of en, de",
        "line 10: url: javascript:alert(1) is no http or https address",
        "line 11: supporters: more than there are people",
        "line 12: tags: 6 of them, 5 at the most",
        "line 13: author: a name has 80 characters at the most",
        "line 14: 2 cells under 8 headings",
        "line 16: this is the same idea as in line 4, by its id, url or title",
        "line 17: supporters: nobody supports a draft",
    ]


def test_bad_json_lines_are_named(run):
    rows = [
        '{"title": "Good"}',
        "",
        "{broken",
        "[1, 2]",
        '{"title": {"en": "x"}}',
        '{"title": ["x", "y"]}',
        '{"title": true}',
        '{"title": "\\ud800"}',
        '{"title": "nul \\u0000"}',
        "[" * 100_000,
        '{"Title": "Good too", "status": null, "supporters": 12}',
    ]
    out, err = run("\n".join(rows), "ideas.jsonl")
    assert out == counts(created=2, refused=8)
    assert [line.split(":")[0] for line in err.splitlines()] == [
        f"line {number}" for number in range(3, 11)
    ]
    assert "line 4: this is no JSON object" in err
    assert "line 8: title: holds bytes that are no text" in err
    idea = Idea.objects.get(title="Good too")
    assert (idea.earlier_supporters, idea.tally.supports) == (12, 0)


def test_bytes_that_are_no_text_spoil_their_line_alone(run):
    out, err = run(b"title,body\nGood,ok\nB\xe4d,x\nNul,a\x00b\nAlso good,\xc3\xa4\n")
    assert out == counts(created=2, refused=2)
    assert "line 3: title: holds bytes that are no text" in err
    assert "line 4: body: holds a NUL character" in err


def test_another_encoding_can_be_named(run):
    text = "title;body\nZähler;größer\n"
    run(text.encode("cp1252"), encoding="cp1252")
    assert Idea.objects.get().title == "Zähler"
    run("title\nWärme\n".encode("utf-16"), encoding="utf-16")
    assert Idea.objects.filter(title="Wärme").exists()


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbftitle,body\r\nA title,A body\r\n",
        b"title;body\nA title;A body\n",
        b"title\tbody\nA title\tA body\n",
        b"Title | Body\nA title | A body\n",
        b"title,body\rA title,A body\r",
        b'\n\n"title","body"\n\n"A title","A body"\n\n',
    ],
)
def test_csv_comes_in_many_dialects(run, source):
    assert run(source) == (counts(created=1), "")
    assert (Idea.objects.get().title, Idea.objects.get().body) == ("A title", "A body")


def test_a_quotation_mark_that_is_never_closed_is_one_bad_line(run):
    out, err = run('title,body\nGood,x\n"Bad,x\nLost,x\n')
    assert out == counts(created=1, refused=1)
    assert err == "line 3: a quotation mark is never closed; lines 3 to 4 were skipped\n"


def test_a_giant_field_is_one_bad_line(run, monkeypatch):
    out, err = run(f'title,body\n"Big","{"x\n" * 200_000}"\nGood,x\n')
    assert out == counts(created=1, refused=1)
    assert err == "line 2: body: 399999 characters, 20000 at the most\n"
    monkeypatch.setattr(lines, "LONGEST_FIELD", 1000)
    out, _err = run(f"title,body\nHuge,{'x' * 2000}\nGood,x\n")
    assert out == counts(unchanged=1, refused=1)


@pytest.mark.parametrize(
    ("source", "options", "complaint"),
    [
        ("", {}, "The file is empty."),
        (" \n\n", {"name": "a.jsonl"}, "The file is empty."),
        ("name,text\nx,y\n", {}, "There is no column title. Columns: name, text. Fields: title, "),
        ("title,Title\nx,y\n", {}, "Two columns have the same heading: title."),
        ("title\nx\n", {"map": ["author=who"]}, "There is no column who. Columns: title."),
        ("title\nx\n", {"map": ["colour=title"]}, "--map: colour is none of title, body, "),
        ("title\nx\n", {"map": ["author"]}, "two names with = between them"),
        ("title\nx\n", {"map_status": ["Done=finished"]}, "finished is none of draft, open"),
        ("title\nx\n", {"board": "nowhere"}, "There is no board nowhere. Boards: charging."),
        ("title\nx\n", {"name": "ideas.xlsx"}, "name the format by --format"),
        ("title\nx\n", {"encoding": "klingon"}, "There is no encoding klingon."),
        ("title\nx\n", {"encoding": "utf-16"}, "is not utf-16"),
        ("title\nx\n".encode("utf-16"), {}, "try --encoding utf-16"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(run, source, options, complaint):
    with pytest.raises(CommandError) as refusal:
        run(source, **options)
    assert complaint in str(refusal.value)


def test_a_file_that_is_not_there(run, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nowhere.csv")


def test_headings_alone_are_no_error(run):
    assert run("title,body\n")[0] == counts()


def test_columns_and_statuses_can_be_translated(run):
    run(
        "Name,Stage\nOne,Stage 4\nTwo,In Progress\n",
        map=["title=Name", "status=Stage"],
        map_status=["Stage 4=shipped"],
    )
    assert set(Idea.objects.values_list("title", "status")) == {
        ("One", "shipped"),
        ("Two", "in_progress"),
    }


def test_the_format_can_be_named(run):
    assert run('{"title": "x"}', "ideas.txt", format="jsonl")[0] == counts(created=1)


def test_many_lines_go_in_batches_and_a_killed_import_goes_on(run, monkeypatch):
    rows = ["title", *(f"Idea {number}" for number in range(450))]
    assert run("\n".join(rows[:301]))[0] == counts(created=300)
    assert run("\n".join(rows))[0] == counts(created=150, unchanged=300)


def test_a_list_without_authors_needs_a_default(run):
    out, err = run("title\nx\n", default_author="")
    assert out == counts(refused=1)
    assert err == "line 2: author: is missing; --default-author can name one\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2017-05-31", "2017-05-31T12:00:00+02:00"),
        ("2017-05", "2017-05-01T12:00:00+02:00"),
        ("2017", "2017-01-01T12:00:00+01:00"),
        ("2017-05-31 09:30", "2017-05-31T09:30:00+02:00"),
        ("2017-05-31T09:30:00Z", "2017-05-31T09:30:00+00:00"),
    ],
)
def test_dates_come_in_many_forms(run, written, read):
    run(f"title,created\nx,{written}\n")
    assert timezone.localtime(Idea.objects.get().created_at) == timezone.datetime.fromisoformat(
        read
    )


def test_pages_show_what_came(run, visitor):
    run(AWKWARD, map=MAPS)
    listed = visitor.get("/ideas/?order=new").content.decode()
    assert "<code>Promise.withResolvers</code>" in listed
    assert "<script>alert" not in listed
    idea = Idea.objects.get(source_url="https://example.org/script")
    page = visitor.get(idea.get_absolute_url()).content.decode()
    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert visitor.get(idea.author.get_absolute_url()).status_code == 200
    assert not Support.objects.exists()
