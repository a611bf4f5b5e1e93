# The texts of what is loaded later: src/workbench.

## About

about = About
about-title = About SQS Playground
about-text = A faithful Amazon SQS in Rust, compiled to WebAssembly, on a virtual clock inside this page. It uses no account, no network, and nothing that you do here leaves your browser.
about-version = Version { $version }, build { $build }
about-licence = Free software: MIT or Apache-2.0, at your choice.
licences = Python in this page
licences-note = What runs Python scripts and what they are edited with was made by others, and is under licences of its own:
licences-coming = The licences are on their way…
licences-missing = The licences could not be loaded. They need the network, unless Python was used here before.
licence-of = Licence of { $name }
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

## Words that several dialogs have

app-name = SQS Playground
dismiss = Dismiss
open = Open
copy = Copy
copied = Copied
save-file = Save as a file
own-world = Your own world
theme = Theme
theme-auto = As the system
theme-dark = Dark
theme-light = Light
speed = Speed

## Sharing

share = Share this run
share-text = The link is the whole run: its world and all that was done in it by hand. Who opens it sees the same, message for message. Nothing is uploaded.
share-link = Link
share-length = { $count } characters
share-frame = Element for another page
share-options = What the link opens
share-from-here = Start at { $moment }, where the playhead is
share-play = Play at once
share-view = View
share-panels = Panels beside the stage
share-too-large = This run is too large for a link: { $why }. A file has room for all of it.
view-all = The whole page
view-embed = Within another page
view-present = Large, for an audience
as-reader-has = As the reader has it
panel-scenarios = Scenarios
panel-inspector = Inspector
panel-timeline = Timeline and other tabs

## Files and workspaces

files = Files and workspaces
files-file = This run as a file
files-file-text = A recording is the whole run. A scenario is its world as a start: the queues and actors that there are now. Both are JSON; to open one, you can also drop it anywhere on the page.
save-recording = Save recording
save-scenario = Save as scenario
open-file = Open a file…
file-broken = { $name } was not opened: { $why }
file-large = it has more than 64 MiB
file-unreadable = it can't be read
workspaces = Workspaces in this browser
workspaces-text = Each change is kept here at once, and found again after a reload or a crash.
workspace-new = New workspace
workspace-name = Name of the workspace
workspace-open = open now
workspace-damaged = Part of it can't be read. It stays here as it is.
workspace-deleted = “{ $name }” was deleted.
workspace-size = { $size }
workspace-unknown = no date
name-empty = A workspace needs a name.
rename = Rename
duplicate = Duplicate
delete = Delete
put-back = Put back
save-raw = Save what is there
store-full = The browser's storage is full: what you do from now on is not kept there. Save the run as a file, or delete workspaces that you no longer need.
store-denied = This browser keeps nothing for this page: after a reload your run would be gone. Save it as a file.
restored-nothing = The run that was open last can't be read. What is left of it stays among the workspaces.
restored-in-part = The last part of the run that was open can't be read. All before it is here, in a copy.
kept-in-copy = This workspace is in use elsewhere: here the run goes on as “{ $name }”.
link-broken = The link was not opened: { $why }.
options-unknown = The address asks for something that there is not: { $options }

## To AWS and from there

takeaway = Take it to AWS
takeaway-side = Direction
takeaway-out = To AWS
takeaway-in = From AWS
takeaway-out-text = The queues as they are at the playhead, and the actors, as code that runs outside of this page.
takeaway-format = Written as
takeaway-file = File
takeaway-save = Download
takeaway-run = Run it:
takeaway-no-queues = There are no queues in this world at this moment. Create one, and it is here as code; or bring yours with “From AWS”.
takeaway-no-actors = There are no actors in this world at this moment.
format-cloudformation-yaml = CloudFormation YAML
format-cloudformation-json = CloudFormation JSON
format-terraform = Terraform
format-cli = AWS CLI
format-boto3 = boto3
format-actors = Actors as Python
about-cloudformation = A template of all queues. AWS makes them as one stack, and takes them away with it.
about-terraform = A configuration of all queues, in a folder of its own.
about-cli = A script for bash that creates the queues, dead-letter queues first.
about-boto3 = A program that creates the queues, dead-letter queues first.
about-actors = Each actor as a program with boto3, and one that sets up their queues. Run that first, then each of the others in a terminal of its own. The address is that of the local server, “serve”; without it they use your account.
takeaway-in-text = A CloudFormation template (JSON or YAML), Terraform’s JSON (terraform show -json, or a .tf.json file), or what aws sqs get-queue-attributes prints. Nothing is uploaded.
takeaway-text = Paste it here, or drop a file on the page
takeaway-none = There is no queue in it that can be made.
takeaway-broken = It was not read: { $why }.
takeaway-file-broken = { $name } was not read: { $why }.
takeaway-would = { $count ->
    [one] One queue to create
   *[other] { $count } queues to create
}
takeaway-create = { $count ->
    [one] Create one queue
   *[other] Create { $count } queues
}
takeaway-created = { $count ->
    [one] One queue was created.
   *[other] { $count } queues were created.
}
takeaway-tag = tag
takeaway-notes = What to know about it
takeaway-more = and { $count } more

## Settings

settings = Settings
settings-kept = This browser remembers these settings.
settings-not-kept = This browser keeps nothing for this page: the settings hold until you leave it.
settings-reset = Reset
language = Language
language-en = English
speed-default = Speed at the start
motion = Motion
motion-auto = As the system
motion-less = Less
## A newer version

new-version = A new version of the playground is ready. Your run stays as it is.
new-version-take = Reload with the new version
new-version-later = Later

## A call, as it is written

request = Request
response = Response
copy-by-hand = Selected: copy it by hand
copy-script = Copy as a script
tongue = Written as
tongue-json = JSON
tongue-boto3 = boto3
tongue-cli = AWS CLI
prints-nothing = It prints nothing.
to-console = To the console

## Python

python-run = Run
python-run-all = Run all
python-stop = Stop
python-stop-hint = Interrupts the script as Control and C; pressed again, ends it at once
python-kill = End it
python-show = Show as Python
python-show-hint = The actors of this world as boto3 scripts
python-show-nothing = There is nobody in this world who could be shown.
python-replace = { $count ->
    [1] One file replaces those that are here. Where is it to run?
   *[other] { $count } files replace those that are here. Where are they to run?
 }
python-replace-anew = In an empty world
python-replace-here = Beside its actors
python-offer-own = “{ $title }” comes with scripts: what its actors do, as a tutorial would have it.
python-offer-written = What the actors of “{ $title }” do can be had as scripts.
python-offer-show = Show them
python-from-own = These are the scripts of “{ $title }”: what its actors do, as a tutorial would have it.
python-from-written = These scripts were written from the actors of “{ $title }”.
python-from-world = These scripts were written from the actors of your world.
python-run-all-after = Run all begins with set_up.py, which makes the queues, and then runs the others side by side.
python-run-all-together = Run all runs them side by side.
python-with-arguments = Some have arguments. They stand below the code; change them and run again.
python-cancel = Cancel
python-files = Files
python-add = New file
python-name = Name
python-arguments = Arguments
python-name-empty = A file needs a name. It is kept as it was until it has one.
python-name-folder = There are no folders here: a name has no slash.
python-name-long = A name has at most { $most } characters.
python-name-taken = Another file is called { $name }.
python-remove = Remove
python-removed = { $file } was removed.
python-put-back = Put back
python-editor = Code
python-output = Output
python-about = About these scripts
python-input = Input
python-enter = Enter
python-end-of-input = End of input
python-progress = Loading Python
python-coming = Loading Python: { $loaded } of { $total }
python-absent-short = This page has no Python.
python-absent = This page was built without Python. To have it, build it without --without-python: cargo xtask build.
python-unsupported-short = This browser cannot run Python.
python-unsupported = This browser cannot run Python on virtual time, as it lacks JavaScript Promise Integration. { $browsers } can.
python-failed-short = Python could not be loaded.
python-load-failed = Python could not be loaded: { $why }. The first time it needs the network; once it was used here, it works without. Run tries again.
python-welcome = Paste a script that uses boto3, and run it unchanged. It talks to the queues of this page, sleeps and polls on the virtual clock, and stands on the stage while it runs. A file called .env sets its environment variables. Nothing leaves your browser.
python-outside = The same script outside of the browser, with this project’s local server ({ $command }):
python-outside-line = Command line
python-save = { $count ->
    [one] Download the file
   *[other] Download the { $count } files
}
python-outside-short = Outside of the browser
python-waiting = waits to begin
python-running = runs
python-refused = cannot run: { $why }
python-ended = ended
python-failed = failed with exit code { $code }: { $why }
python-left = left with exit code { $code }
python-interrupted = was interrupted
python-deadlock = is stuck (deadlock), as it waits for what never comes: { $why }
python-crashed = the interpreter broke off: { $why }
python-killed = was ended
python-line-gone = { $file } is not among the files of the Python panel any more, so its line { $line } cannot be shown.
python-region = [The playground has one region, { $ours }; what is in { $region } is the same.]

## Help

help-text = A simulated Amazon SQS on a virtual clock. Play, pause, step, go back to any moment: it is always the same run.
help-keys = Keys
help-stage = The stage
help-tokens = A ring of amber is a delay, a filled disc is visible, a ring of blue is in flight. Squares are in a dead-letter queue.
key-space = Space
key-home = Home
key-end = End
key-shift-u = Shift U
key-escape = Esc
command-play = Play or pause
command-faster = Faster
command-slower = Slower
command-theme = Change the theme

## To a moment

jump-moment = Moment
jump-hint = Since the start, such as 90, 1:30, 2:05:00.5, 45 min or 4 d; or a UTC date and time such as 2026-01-01 00:01:30.
jump-wrong = This is no moment of this run.
jump-go = Go

## The metrics

metrics-all = All metrics
metrics-periods = Period
metrics-minute = 1 minute, as CloudWatch
metrics-fine = { $time }, finer
metrics-table = As a table
metrics-charts = Charts. Left and right read the values at a time, Enter goes there.
metrics-chart = { $name }: latest { $latest }, highest { $most }
metrics-period = Period of { $time } from
metrics-none = CloudWatch has its first point after a whole minute. Play on, or choose the finer period.
metrics-none-fine = Nothing was sampled yet. Play on.

## The cost

cost-all = All requests
cost-calls = Calls
cost-standard = Standard requests
cost-fifo = FIFO requests
cost-fair = Fair-queue requests
cost-empty = Empty receives
cost-price = Cost
cost-run = This run
cost-run-requests = { $count } requests
cost-run-time = in { $time }
cost-month = A month at this rate
cost-month-requests = { $count } requests
cost-month-free = with the free tier: { $amount }
cost-polling = Of that, empty receives
cost-polling-run = { $count } in this run, { $amount }
cost-polling-share = { $percent } % of all requests
cost-too-short = after a second of the run
cost-classes = Calls answered so far: { $send } send, { $receive } receive, { $delete } delete, { $visibility } change visibility, { $other } other. A call is a request for each 64 KiB begun: { $chunks } more requests than calls.
cost-assumptions = AWS’s list prices for us-east-1 in 2026: { $standard } a million standard requests, { $fifo } FIFO, { $fair } more for those of fair queues, less beyond 100 thousand million; the first { $free } of a month are free. A month has 30 days. Without the free tier unless it says so; no data transfer, no encryption keys.
