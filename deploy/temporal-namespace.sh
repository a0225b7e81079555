#!/bin/sh
# Waits for Temporal, then makes the namespace and the search attributes that runs are found by. What is there already stays.
set -eu

: "${TEMPORAL_ADDRESS:?}"
namespace=${TEMPORAL_NAMESPACE:-default}
# How long finished runs stay readable in Temporal. Loopwright keeps its own record for ever.
retention=${TEMPORAL_RETENTION:-168h}
attempts=${TEMPORAL_WAIT_ATTEMPTS:-60}
pause=${TEMPORAL_WAIT_SECONDS:-2}

operator() {
  temporal operator "$@" --address "$TEMPORAL_ADDRESS"
}

# try <what> <command …>: again and again until it works; the last failure is shown.
try() {
  what=$1
  shift
  attempt=1
  until "$@" >/dev/null 2>&1; do
    if [ "$attempt" -ge "$attempts" ]; then
      echo "$what: still failing after $attempts attempts; the last one said:" >&2
      "$@"
      return
    fi
    [ $((attempt % 5)) -eq 0 ] && echo "$what: attempt $attempt of $attempts …"
    attempt=$((attempt + 1))
    sleep "$pause"
  done
}

ensure_namespace() {
  operator namespace describe --namespace "$namespace" ||
    operator namespace create --namespace "$namespace" --retention "$retention"
}

ensure_attribute() {
  operator search-attribute list --namespace "$namespace" | grep -qw "$1" ||
    operator search-attribute create --namespace "$namespace" --name "$1" --type Keyword
}

try "waiting for Temporal" operator cluster health
try "the namespace $namespace" ensure_namespace
for attribute in RunState WorkspaceId FlowId; do
  try "the search attribute $attribute" ensure_attribute "$attribute"
done
echo "Temporal is ready: namespace $namespace."
