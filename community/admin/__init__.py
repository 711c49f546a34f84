"""The community in the admin. Django looks here."""

from community.admin import forum as forum
from community.admin import mail as mail
from community.admin import people as people
