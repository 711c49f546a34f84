import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Settings limit how long the database may work for somebody who waits.
os.environ.setdefault("PLENUM_WEB", "1")

application = get_asgi_application()
