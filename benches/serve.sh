#!/usr/bin/env bash
# How many requests a second the local server answers, by wrk, with 1, 16 and 64 connections.
#
#   benches/serve.sh         builds `serve` and measures it
#   benches/serve.sh URL     measures what listens there, also another SQS
#
# About 40 seconds. Each line: SendMessage a second; messages received (by tens) and deleted (by tens) a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v wrk >/dev/null; then
  echo "wrk is missing: install it (apt-get install wrk, or as https://github.com/wg/wrk says)" >&2
  exit 1
fi
if [ $# -gt 0 ]; then
  url="$1"
else
  cargo build --quiet --release --locked --no-default-features --features serve --bin serve
  exec {server}< <(exec "${CARGO_TARGET_DIR:-target}/release/serve" --port 0)
  trap 'kill $!' EXIT
  read -r _ _ url <&"$server"
fi

call() {
  curl --silent --show-error --fail --header "X-Amz-Target: AmazonSQS.$1" \
    --header "Content-Type: application/x-amz-json-1.0" --data "$2" "$url"
}

rate() { # the number after this word in wrk's output; complains about refusals
  awk -v word="$1" '$1 == word { printf "%d", $2 } /Non-2xx|Socket errors/ { print $0 > "/dev/stderr" }'
}

printf '%12s %12s %12s\n' connections sends/s messages/s
for connections in 1 16 64; do
  name="bench-$connections-$RANDOM"
  QUEUE_URL="$(call CreateQueue "{\"QueueName\":\"$name\"}" | sed 's/.*"QueueUrl": *"\([^"]*\)".*/\1/')"
  export QUEUE_URL
  sends="$(wrk --threads 1 --connections "$connections" --duration 3s --script benches/serve/send.lua "$url" | rate Requests/sec:)"
  # Enough to receive.
  BATCH=1 wrk --threads 1 --connections 16 --duration 2s --script benches/serve/send.lua "$url" >/dev/null
  messages="$(wrk --threads 1 --connections "$connections" --duration 2s --script benches/serve/receive.lua "$url" | rate Messages/sec:)"
  call DeleteQueue "{\"QueueUrl\":\"$QUEUE_URL\"}" >/dev/null
  printf '%12s %12s %12s\n' "$connections" "$sends" "$messages"
done
