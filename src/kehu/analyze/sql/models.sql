-- A definition that was published stays as it was.
REVOKE UPDATE ON analyze_model_version FROM kehu_app, kehu_system;
