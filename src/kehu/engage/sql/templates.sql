-- A message stays as it was saved and approved; a template is put away, never deleted.
REVOKE UPDATE, DELETE ON engage_template_version FROM kehu_app, kehu_system;
REVOKE DELETE ON engage_template FROM kehu_app, kehu_system;
