# The texts of what is loaded later: src/workbench.

## About

about-title = About SQS Playground
about-text = A faithful Amazon SQS in Rust, compiled to WebAssembly, on a virtual clock inside this page. It uses no account, no network, and nothing that you do here leaves your browser.
about-version = Version { $version }, build { $build }
about-licence = Free software: MIT or Apache-2.0, at your choice.
about-trademarks = Amazon SQS and AWS are trademarks of Amazon.com, Inc. or its affiliates; this project is not affiliated with them.

## The console

console-prompt = Call
console-hint = An action and its parameters, such as CreateQueue {"{"}"QueueName": "jobs"{"}"}
console-log = What was called and answered
console-waits = waiting for an answer…

## A newer version

new-version = A new version of the playground is ready. Your run stays as it is.
new-version-take = Reload with the new version
new-version-later = Later
