"""The community in the admin. Django looks here."""

from community.admin import forum as forum
from community.admin import libraries as libraries
from community.admin import mail as mail
from community.admin import noted as noted
from community.admin import people as people
from community.admin import policies as policies
