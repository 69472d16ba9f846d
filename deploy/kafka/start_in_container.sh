#!/bin/bash
# Formats the volume once, with a cluster id of its own, and becomes the server.
set -euo pipefail
settings=/etc/alongside/server.properties
if [ ! -e /var/lib/kafka/data/log/meta.properties ]; then
  /opt/kafka/bin/kafka-storage.sh format --config "$settings" --cluster-id "$(/opt/kafka/bin/kafka-storage.sh random-uuid)"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$settings"
