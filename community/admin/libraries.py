"""What the libraries for accounts would show: addresses, keys, whole sessions. Nobody's work needs
them, and no look at them would be written down."""

from allauth.account import admin as accounts
from allauth.mfa import admin as factors
from allauth.socialaccount import admin as providers
from allauth.usersessions import admin as sessions
from django.contrib import admin

LIBRARIES = tuple(module.__name__.rpartition(".")[0] for module in (
    accounts, factors, providers, sessions,
))  # fmt: skip

for model in list(admin.site._registry):
    if model.__module__.startswith(LIBRARIES):
        admin.site.unregister(model)
