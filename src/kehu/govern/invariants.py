"""What must hold in the database's catalog at every start, whatever a migration or an administrator did to it.

A table holds customer data when a column says so (`customer_id`, `record_id`, `cluster_id`, bytes named `sealed` or
`…_sealed`), or when it refers to such a table.
"""

from dataclasses import dataclass

from django.db import connection

from kehu.platform.errors import KehuError
from kehu.platform.text import Text

FIXED_MINORS = {15: 14, 16: 10, 17: 6, 18: 0}
NO_ROW_SCOPE = {
    "govern_audit_event": "holds references only; nobody but the sealer may change it",
    "platform_idempotent_outcome": "answers to one actor, sealed, read by his id alone",
    "resolve_blocked_value": "values that belong to no customer, the same for every actor who may match",
}
SERVING = ("kehu_app", "kehu_system", "kehu_sealer")
_OWN = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

_UNSCOPED = f"""
WITH RECURSIVE held AS (
  SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND {_OWN} AND NOT c.relname = ANY(%(without)s)
    AND (c.relname = 'resolve_cluster' OR EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND (a.attname IN ('customer_id', 'record_id', 'cluster_id')
          OR a.attname ~ '(^|_)sealed$' AND a.atttypid = 'bytea'::regtype)))
  UNION
  SELECT c.oid, c.relname FROM held
  JOIN pg_constraint k ON k.confrelid = held.oid AND k.contype = 'f'
  JOIN pg_class c ON c.oid = k.conrelid WHERE NOT c.relname = ANY(%(without)s)
)
SELECT c.relname FROM held JOIN pg_class c USING (oid)
WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
ORDER BY 1
"""
_VIEWS = f"""
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_OWN} AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  AND (c.relkind IN ('m', 'f')
    OR c.relkind = 'v' AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false))
ORDER BY 1
"""
_DEFINERS = f"""
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {_OWN} AND p.prosecdef AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s ^@ 'search_path=') ORDER BY 1
"""
_ROLES = """
SELECT r.rolname FROM pg_roles r WHERE r.rolname = ANY(%(serving)s) AND (
  r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
  OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relpersistence <> 't')
  OR EXISTS (SELECT FROM pg_roles o WHERE o.rolname = 'kehu_owner' AND pg_has_role(r.oid, o.oid, 'MEMBER')))
ORDER BY 1
"""
_GRANTS = """
WITH allowed(relname, grantee, privilege) AS (
  SELECT t, g, p FROM (VALUES
    ('govern_audit_event', '{kehu_app,kehu_system}'::text[], '{SELECT,INSERT}'::text[]),
    ('govern_audit_event', '{kehu_sealer}', '{SELECT}'),
    ('govern_audit_batch', '{kehu_app,kehu_system}', '{SELECT}'),
    ('govern_audit_batch', '{kehu_sealer}', '{SELECT,INSERT}'),
    ('govern_key_version', '{kehu_app,kehu_system,kehu_sealer}', '{SELECT}')
  ) AS v(t, gs, ps), unnest(gs) AS g, unnest(ps) AS p
)
SELECT DISTINCT c.relname || ': ' || coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type
FROM pg_class c, aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relname IN (SELECT relname FROM allowed) AND a.grantee <> c.relowner
  AND (c.relname, coalesce(r.rolname, 'PUBLIC'), a.privilege_type) NOT IN (SELECT * FROM allowed)
UNION
SELECT c.relname || '.' || t.attname || ': ' || coalesce(r.rolname, 'PUBLIC') || ' ' || a.privilege_type
FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relname IN (SELECT relname FROM allowed)
  AND (c.relname, t.attname, r.rolname, a.privilege_type) IS DISTINCT FROM ('govern_audit_event', 'batch', 'kehu_sealer', 'UPDATE')
ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Invariant:
    """One rule: what it demands, and the query that names whatever breaks it."""

    key: str
    text: Text
    query: str


INVARIANTS = (
    Invariant("row_scope", Text("客户数据表都启用并强制行级控制", "Every table with customer data has forced row security"), _UNSCOPED),
    Invariant("views", Text("没有绕过行级控制的视图或外部表", "No view or foreign table passes by row security"), _VIEWS),
    Invariant("definers", Text("以所有者权限运行的函数都固定了 search_path", "Every SECURITY DEFINER function pins its search_path"), _DEFINERS),
    Invariant("roles", Text("服务用的数据库角色没有多余权限", "The serving roles own nothing and cannot pass by policies"), _ROLES),
    Invariant("audit_grants", Text("审计表只能追加", "The audit tables can only be appended to"), _GRANTS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """How one rule stands; `broken` names what breaks it."""

    text: Text
    broken: tuple[str, ...]


class CatalogNotSafe(KehuError):
    """The database would let somebody see or change what he must not; Kehu does not start on it."""

    code = "catalog_not_safe"


def check_version(number: int) -> Finding:
    """Check PostgreSQL's version number (150014 is 15.14): older minors leak rows past policies (CVE-2025-8713)."""
    major, minor = divmod(number, 10000)
    least = FIXED_MINORS.get(major, 0)
    broken = () if major >= min(FIXED_MINORS) and minor >= least else (f"{major}.{minor} < {major}.{least}",)
    return Finding(
        Text(
            f"数据库版本 {major}.{minor} 已含安全修复", f"PostgreSQL {major}.{minor} has the security fixes"
        ),
        broken,
    )


def check_catalog() -> list[Finding]:
    """Check every invariant in the open database, the version first. Any role may ask."""
    values = {"without": list(NO_ROW_SCOPE), "serving": list(SERVING)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        findings = [check_version(cursor.fetchone()[0])]
        for invariant in INVARIANTS:
            cursor.execute(invariant.query, values)
            findings.append(Finding(invariant.text, tuple(str(row[0]) for row in cursor.fetchall())))
    return findings


def require_safe_catalog() -> None:
    """Refuse to go on when an invariant is broken. Raises CatalogNotSafe, which names what breaks it."""
    broken = [f for f in check_catalog() if f.broken]
    if broken:
        what = "；".join(f"{f.text.zh}：{'、'.join(f.broken)}" for f in broken)
        en = "; ".join(f"{f.text.en}: {', '.join(f.broken)}" for f in broken)
        raise CatalogNotSafe(
            Text(
                f"数据库不满足以下要求，Kehu 不会启动。{what}",
                f"Kehu does not start: the database breaks these rules. {en}",
            )
        )
