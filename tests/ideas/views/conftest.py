import re
from html import unescape

import pytest


@pytest.fixture
def as_author(signed_in, author):
    return signed_in(author)


@pytest.fixture
def as_stranger(signed_in, stranger):
    return signed_in(stranger)


@pytest.fixture
def as_team(signed_in, team_member):
    return signed_in(team_member)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class Page:
    """An answer as a reader meets it."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()

    def __contains__(self, words):
        return words in unescape(re.sub(r"<[^>]+>", "", self.html)) or words in self.html

    @property
    def cards(self):
        """The ideas of a list, by id, in order."""
        return [int(pk) for pk in re.findall(r'<article class="card" id="idea-(\d+)"', self.html)]

    @property
    def is_whole(self):
        return "<!DOCTYPE html>" in self.html

    def value_of(self, name):
        """What stands in a field."""
        area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', self.html, re.S)
        if area:
            return unescape(area[1])
        for field in re.findall(r"<input[^>]*>", self.html):
            if f'name="{name}"' in field and (value := re.search(r'value="([^"]*)"', field)):
                return unescape(value[1])
        return None


def read(response):
    return Page(response)
