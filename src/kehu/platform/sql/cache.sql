-- The shared cache of sign-in limits; unlogged, since losing it costs nothing.
CREATE UNLOGGED TABLE platform_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX platform_cache_expires ON platform_cache (expires);
