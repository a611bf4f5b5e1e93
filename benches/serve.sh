#!/usr/bin/env bash
# How many requests a second the local server answers, by wrk, with 1, 16 and 64 connections.
#
#   benches/serve.sh                  builds `serve` and measures it
#   benches/serve.sh URL              measures what listens there, also another SQS
#   benches/serve.sh --against URL    builds `serve`, and measures it and what listens there by turns
#
# The first two take about half a minute. Each line: SendMessage a second; messages received (by tens) and deleted (by
# tens) a second.
#
# `--against` takes about three minutes: ROUNDS (8, if it is not set) rounds of each measurement, first one server, then
# the other. Each line: the median of ours, of theirs, and of the ratios within a round. A busy machine bends all
# numbers, the ratios least; with one connection much depends on which cores the scheduler puts wrk and the server.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v wrk >/dev/null; then
  echo "wrk is missing: install it (apt-get install wrk, or as https://github.com/wg/wrk says)" >&2
  exit 1
fi

theirs=
if [ "${1-}" = --against ]; then
  theirs="${2:?--against is followed by a URL}"
  shift 2
fi
if [ $# -gt 0 ]; then
  ours="$1"
else
  cargo build --quiet --release --locked --no-default-features --features serve --bin serve
  exec {server}< <(exec "${CARGO_TARGET_DIR:-target}/release/serve" --port 0)
  trap 'kill $!' EXIT
  read -r _ _ ours <&"$server"
fi

call() { # an action of the server at $url
  curl --silent --show-error --fail --header "X-Amz-Target: AmazonSQS.$1" \
    --header "Content-Type: application/x-amz-json-1.0" --data "$2" "$url"
}

load() { # script, connections, duration
  wrk --threads 1 --connections "$2" --duration "$3" --script "benches/serve/$1.lua" "$url"
}

rate() { # the number after this word in wrk's output; complains about refusals
  awk -v word="$1" '$1 == word { printf "%d", $2 } /Non-2xx|Socket errors/ { print $0 > "/dev/stderr" }'
}

measure() { # sends or messages, with so many connections, at the URL, for so long
  local what="$1" connections="$2" url="$3" duration="$4"
  local name="bench-$what-$connections-$RANDOM"
  QUEUE_URL="$(call CreateQueue "{\"QueueName\":\"$name\"}" | sed 's/.*"QueueUrl": *"\([^"]*\)".*/\1/')"
  export QUEUE_URL
  if [ "$what" = sends ]; then
    load send "$connections" "$duration" | rate Requests/sec:
  else
    BATCH=1 load send 16 "$duration" >/dev/null # Enough to receive.
    load receive "$connections" "$duration" | rate Messages/sec:
  fi
  call DeleteQueue "{\"QueueUrl\":\"$QUEUE_URL\"}" >/dev/null
}

median() {
  sort --numeric-sort | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'
}

compare() { # sends or messages, with so many connections
  local what="$1" connections="$2"
  local pairs=""
  for ((round = 0; round < ${ROUNDS:-8}; round++)); do
    pairs+="$(measure "$what" "$connections" "$ours" 1s) $(measure "$what" "$connections" "$theirs" 1s)"$'\n'
  done
  local column=()
  for value in '$1' '$2' '$1 / $2'; do
    column+=("$(printf %s "$pairs" | awk "{ print $value }" | median)")
  done
  printf '%12s %12s %12.0f %12.0f %12.2f\n' "$connections" "$what/s" "${column[@]}"
}

if [ -n "$theirs" ]; then
  printf '%12s %12s %12s %12s %12s\n' connections what ours theirs ratio
  for connections in 1 16 64; do
    compare sends "$connections"
    compare messages "$connections"
  done
else
  printf '%12s %12s %12s\n' connections sends/s messages/s
  for connections in 1 16 64; do
    sends="$(measure sends "$connections" "$ours" 3s)"
    printf '%12s %12s %12s\n' "$connections" "$sends" "$(measure messages "$connections" "$ours" 2s)"
  done
fi
