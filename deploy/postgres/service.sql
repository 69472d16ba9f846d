-- What one service gets of a PostgreSQL server: a database, and three roles. Running it again changes nothing.
--
--   psql --set service=registry --set database=registry --file deploy/postgres/service.sql
--
-- with the two passwords in the environment (ALONGSIDE_MIGRATOR_PASSWORD, ALONGSIDE_RUNTIME_PASSWORD), as a superuser.
--   SERVICE_owner     owns the tables; nobody logs in as it
--   SERVICE_migrator  logs in to migrate, and acts as the owner
--   SERVICE_runtime   what the service runs as: it owns nothing and can change rows, never tables
\set ON_ERROR_STOP on
\set QUIET on
\getenv migrator_password ALONGSIDE_MIGRATOR_PASSWORD
\getenv runtime_password ALONGSIDE_RUNTIME_PASSWORD
SET client_min_messages = warning;

SELECT :'service' || '_owner' AS owner, :'service' || '_migrator' AS migrator, :'service' || '_runtime' AS runtime \gset

SELECT format('CREATE ROLE %I', role)
FROM   unnest(ARRAY[:'owner', :'migrator', :'runtime']) AS role
WHERE  NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

ALTER ROLE :"owner"    NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION;
ALTER ROLE :"migrator" LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'migrator_password';
ALTER ROLE :"runtime"  LOGIN   NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD :'runtime_password';
GRANT :"owner" TO :"migrator" WITH INHERIT FALSE, SET TRUE;

SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'database', :'owner')
WHERE  NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"migrator", :"runtime";
ALTER ROLE :"migrator" IN DATABASE :"database" SET role = :"owner";

\connect :"database"
SET client_min_messages = warning;
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"runtime";
