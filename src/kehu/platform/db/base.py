"""The wrapper itself. Every outermost `atomic()` passes `set_autocommit(False)`: there the scope is set, once."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from kehu.platform import scope
from kehu.platform.postgres.address import connection_parameters

SET = "SELECT set_config('kehu.ctx', %s, true), set_config('role', %s, true)"


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL under a role of Kehu's; `OPTIONS["kehu_role"]` names it, and only `kehu_app` carries a scope.

    `begun` counts the transactions of this connection: what was read for one of them holds until the next.
    """

    begun = 0

    @property
    def kehu_role(self) -> str:
        """The database role of this alias."""
        return str(self.settings_dict["OPTIONS"].get("kehu_role", "kehu_app"))

    @property
    def is_scoped(self) -> bool:
        """Whether transactions of this alias carry a scope."""
        return self.kehu_role == "kehu_app"

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters; the server's address is only known once it runs, so it is asked for here."""
        parameters = super().get_connection_params()
        address = connection_parameters(parameters.pop("kehu_role", "kehu_app"))
        return {**parameters, **address, "dbname": self.settings_dict["NAME"]}

    def set_autocommit(
        self,
        autocommit: bool,  # noqa: FBT001 (Django's signature)
        force_begin_transaction_with_broken_autocommit: bool = False,  # noqa: FBT001, FBT002 (the same)
    ) -> None:
        """Begin (or end) a transaction; a beginning one gets the scope before its first statement."""
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        self.begun += not autocommit
        if not autocommit and self.is_scoped and scope.current.get() is not None:
            try:
                self.set_scope()
            except BaseException:
                super().set_autocommit(True)
                raise

    def set_scope(self) -> None:
        """Sign the current scope for this backend and set it for the rest of the transaction."""
        now = scope.current.get()
        pid = self.connection.info.backend_pid
        text = "" if now is None else scope.sign(now, backend_pid=pid)
        role = "kehu_system" if now is not None and now.is_system else "none"
        with self.wrap_database_errors:
            self.connection.execute(SET, [text, role])

    def is_usable_now(self) -> bool:
        """Whether the open transaction still takes statements."""
        if self.connection is None or self.connection.closed:
            return False
        return bool(self.connection.info.transaction_status != TransactionStatus.INERROR)
