from typing import Any

from django.db.backends.postgresql import base, client

from config import postgres
from config.embedded_postgresql import server


class DatabaseClient(client.DatabaseClient):
    executable_name = str(server.BINARIES / "psql")

    def runshell(self, parameters: Any) -> None:
        postgres.ensure_running()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        postgres.ensure_running()
        return super().get_new_connection(conn_params)
