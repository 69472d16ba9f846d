#!/bin/bash
# service.sql for each of the four services, with the passwords of the environment (REGISTRY_MIGRATOR_PASSWORD, …).
set -euo pipefail
for service in registry matcher notifier portal; do
  migrator="${service^^}_MIGRATOR_PASSWORD" runtime="${service^^}_RUNTIME_PASSWORD"
  ALONGSIDE_MIGRATOR_PASSWORD="${!migrator}" ALONGSIDE_RUNTIME_PASSWORD="${!runtime}" \
    psql --no-psqlrc --quiet --dbname postgres --set service="$service" --set database="$service" \
      --file "$(dirname "$0")/service.sql"
done
