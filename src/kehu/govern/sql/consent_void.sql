-- An import of consents is taken back by one more entry, written once and never changed; it holds nothing about anybody.
REVOKE INSERT, UPDATE, DELETE ON govern_consent_void FROM kehu_app;
REVOKE UPDATE, DELETE ON govern_consent_void FROM kehu_system;
