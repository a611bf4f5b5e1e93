# The texts of what is loaded later: src/workbench.

## About

about-title = About SQS Playground
about-text = A faithful Amazon SQS in Rust, compiled to WebAssembly, on a virtual clock inside this page. It uses no account, no network, and nothing that you do here leaves your browser.
about-version = Version { $version }, build { $build }
about-licence = Free software: MIT or Apache-2.0, at your choice.
about-trademarks = Amazon SQS and AWS are trademarks of Amazon.com, Inc. or its affiliates; this project is not affiliated with them.

## The console

console-log = What was typed, and what came of it
console-command = Command
console-placeholder = aws sqs …
console-keys = Enter runs it, Tab completes it, the arrow keys bring back earlier ones. Escape and then Tab leaves the line. Control and C stops what runs.
console-run = Run
console-complete = Complete
console-complete-hint = What the word at the cursor can become (Tab)
console-candidates = What the word can become
console-candidates-count = { $count ->
    [one] One possibility
   *[other] { $count } possibilities
}
console-candidates-more = and { $count } more
console-welcome = Type or paste commands of the AWS CLI. They are calls by hand to the service in this page: they need no account, and appear on the stage and under Calls. Some to begin with:
console-continues = The rest of the command is awaited. Ctrl-C forgets it.
console-asks = The answer to a question is awaited.
console-runs = Running…
console-waits = Waiting for an answer.
console-waits-until = Waiting for an answer, until { $time } at the latest.
console-sleeps = Sleeping until { $time }.
console-time-stands = Time stands still.
console-play = Play
console-stop = Stop
console-clear = Clear
console-files = Files…
console-files-label = Files for file://, to choose here or to drop on the console
console-file = { $name } is here ({ $bytes } bytes): file://{ $name }
console-file-unread = { $name } could not be read.
console-dropped = What came earlier is no longer kept.
console-call-gone = The call is gone: time went back before it, or it was taken back.
console-other-world = Another world was opened: what was awaited does not come any more.

## A newer version

new-version = A new version of the playground is ready. Your run stays as it is.
new-version-take = Reload with the new version
new-version-later = Later
