# Every text of the page. The texts of AWS's errors come from the service.

app-name = SQS Playground
own-world = Your own world
own-world-text = An empty account. Create a queue, send a message, receive it, delete it: each call shows what it did.

## Times and sizes

time-seconds = { $seconds } s
time-minutes = { $minutes } min
time-hours = { $hours } h
time-days = { $days } d
months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
calendar = { $month } { $day } { $year }, { $time } UTC
size-bytes = { $count ->
    [one] 1 byte
   *[other] { $count } bytes
}
size-kib = { $count } KiB
size-mib = { $count } MiB

## Top bar and playhead

transport = Playback
play = Play
pause = Pause
restart = To the start
step-back = Step back
next-event = Next event
run-until-rest = Run until all is dealt with
changes = Changes
undo = Undo
redo = Redo
compare = Compare
compare-hint = A second world beside this one: the same traffic, the same seed, from the start on, with these settings changed.
compare-setting = What
compare-choose = choose…
compare-value = Value
compare-now = now { $value }
compare-unset = now not set
compare-wrong = This value does not fit.
compare-nothing = Choose something, and give it another value.
compare-world = The world
compare-end = End comparison
compare-outcome = What it has come to
compare-as-it-is = As it is
compare-changed = Changed
figure-sent = Sent
figure-worked = Worked on
figure-worked-twice = Worked on twice
figure-deleted = Deletes accepted
figure-visible = Visible
figure-dead-letters = Dead letters
figure-oldest = Oldest
figure-empty = Empty receives
figure-errors = Errors
figure-requests = Requests
figure-cost = Cost
jump = Go to a moment
speed = Speed
clock = Virtual clock
seeking = on the way…
playhead = Playhead
playhead-value = { $now } of { $end }
theme-auto = Theme: as the system
theme-dark = Theme: dark
theme-light = Theme: light
help = Help and keyboard map

## Panels

panels = Panels
stage = Stage
inspector = Details
calls = Calls
scenario = Scenario
scenario-coming = { $title } (loading…)
scenarios = Scenarios
empty-world = Your own world
close = Close
dismiss = Dismiss
deselect = Back to the overview

## Stage

stage-queues = Queues
stage-actors = Producers and consumers
stage-empty = Nothing is here yet.
stage-you = you
stage-after-receives = { $count ->
    [one] after 1 receive
   *[other] after { $count } receives
}
stage-more-groups = { $count ->
    [one] and 1 more group
   *[other] and { $count } more groups
}
stage-next = next: { $time }
stage-next-visible = next visible in { $time }
stage-next-back = next back in { $time }
delayed = Delayed
visible = Visible
in-flight = In flight
queue = Queue
queue-standard = Standard
queue-fifo = FIFO
queue-dead-letter = Dead-letter queue
send = Send
receive = Receive
role-producer = Producer
role-consumer = Consumer
role-lambda = Lambda
role-monitor = Monitor
role-script = Script
setting-visibility = visibility { $time }
setting-delay = delay { $time }
setting-long-poll = long poll { $time }
program-each = one each { $time }
program-count = { $count } in all
program-work = work { $time }
program-pause = pause { $time }
program-keep = does not delete
program-workers = { $count } workers
program-lambda = batches of { $count }
spread-uniform = { $least } to { $most }
spread-exponential = { $mean } on average
program-monitor = counts each { $time }
program-outside = in Python
program-script = { $count ->
    [one] 1 step
   *[other] { $count } steps
}
actor-sleeping = sleeping, { $time }
actor-calling = { $action }…
actor-polling = long poll, { $time } left
actor-working = working on { $message }, { $time } left
actor-finished = finished
actor-idle = runs
actor-stopped = was ended
actor-failed = stopped by an error

## Overview

queues = Queues
queues-none = No queue yet.
actors = Producers and consumers
switches = Switches
rules = Rules of this world
rules-mode = Standard queues
rules-seed = Seed { $seed }
rules-reseed = Another seed
mode-strict = One tidy server: every receive sees every message, in the order of sending.
mode-aws-like = Several servers, as on AWS: a short poll asks one of them, so batches are short, order is rough and a receive can miss.
mode-chaos = As on AWS on a bad day: a message can come twice, and a delete may not take.
legend = How to read the stage
legend-delayed = Delayed: nobody can receive it yet. The ring is what is left of the delay.
legend-visible = Visible: the next receive may get it.
legend-in-flight = In flight: a consumer holds it. The ring is what is left of its visibility timeout, the small number how often it was received.
legend-dead = In a dead-letter queue: received too often.

## Message

message = Message
messages = Messages
message-title = Message { $message }
message-gone = It is in no queue any more. Its life says why; a purge, or the delete of its queue, leaves no trace there.
in-queue = in
you = you
life = Life
body = Body
attributes = Attributes
attribute-value = { $value } ({ $type })
fact-size = Size
call-number = call { $call }
why-delayed = Nobody can receive it before { $until }: it is delayed.
why-in-flight = { $holder } holds it until { $until }.
why-in-hand = You hold it until { $until }.
why-locked = It is there, but its group { $group } is locked by message { $message }: the group goes on when that one is deleted or comes back.
why-visible = The next receive may get it. It is visible since { $until }.
why-received = { $count ->
    [one] Received once so far.
   *[other] Received { $count } times so far.
}
why-poisoned = It was received { $count } of { $most } times: the next receive does not return it, but moves it to { $queue }.
why-dead-letter = { $count ->
    [one] One more receive, and the one after moves it to { $queue }.
   *[other] { $count } more receives, and the one after moves it to { $queue }.
}
life-sent = sent by { $who }
life-sent-delay = sent by { $who }, delayed for { $delay }
life-deduplicated = sent again by { $who }: accepted, and dropped as a duplicate
life-delay-over = visible: the delay is over
life-timeout-over = visible again: the visibility timeout ran out before a delete
life-changed-to-zero = visible again: its visibility timeout was set to 0
life-delay-lowered = visible: the queue’s delay was lowered
life-delay-changed = delayed until { $until }: the queue’s delay was changed
life-received = received by { $who }, the { $count ->
    [1] first
    [2] second
    [3] third
   *[other] { $count }th
} time; hidden until { $until }
life-visibility-changed = visibility timeout changed by { $who }: hidden until { $until }
life-work = { $who } works on it until { $until }
life-worked = { $who } has worked on it
life-worked-twice = worked on twice: { $who } did what { $before } had done before
life-failed = the work of { $who } failed
life-crashed = { $who } crashed in the middle of its work, and starts again at { $until }
life-deleted = deleted by { $who }
life-missed-receive = a server missed that { $who } received it: it is still visible
life-missed-delete = a server missed that { $who } deleted it: it is still there
life-expired = expired: its retention period is over
life-dead-letter = moved to { $queue } after { $count } receives
life-moved-by-task = sent again to { $queue } by a message move task, as message { $message }
life-dropped-by-task = dropped by a message move task: { $queue } took it for a duplicate
by-hand = By hand
hand-receive-first = To delete it or to change its visibility, receive it first: both need a receipt handle.
hand-stale = You do not hold it now: the receipt handle is from an earlier receive.
delete = Delete
show-now = Make visible now
extend = Hide for { $time }

## Queue

queue-gone = Not there
queue-gone-note = At this time the queue does not exist.
messages-count = { $count ->
    [0] No messages
    [one] 1 message
   *[other] { $count } messages
}
messages-more = and { $count } more
listed-until = until { $until }
listed-held = { $holder }, until { $until }
save = Save
receive-options = Options of the receive
receive-count-hint = 1 to 10; empty means 1
receive-queue-hint = seconds; empty means as the queue has it
receive-waiting = The long poll waits: let time pass.
receive-empty = The receive came back empty.
receive-got = { $count ->
    [one] One message came:
   *[other] { $count } messages came:
}

## Actor

actor = Actor
actor-gone = Not there
program = Program
tally = So far
tally-calls = Calls answered
tally-sent = Messages sent
tally-receives = Receives
tally-empty = of these empty
tally-received = Messages received
tally-worked = Messages worked on
tally-worked-twice = of these worked on twice
tally-recognised = Recognised as worked on before
tally-failed = Messages whose work failed
tally-deleted = Deletes accepted
tally-extended = Messages kept hidden by heartbeats
tally-crashes = Crashes
tally-invocations = Invocations
tally-throttled = Invocations throttled
tally-errors = Errors
monitor-last = Last reading
monitor-reading = { $visible } visible, { $delayed } delayed, { $hidden } in flight
last-error = Last error

## Calls

calls-search = Filter by caller, action, queue, error
calls-count = { $shown } of { $known }
calls-only = Answers to show
calls-all = All answers
calls-list = Calls, the newest first
calls-none = No call yet. Press play, or send a message.
call-time = Time
call-caller = Caller
call-action = Action
call-queue = Queue
call-answer = Answer
call-sent = Sent
call-answered = Answered
call-dropped = Given up
call-line = Line of code
call-took = Took
call-gone = Not known
call-gone-note = At this time the call was not made yet, or it is too long ago.
outcome-waiting = under way
outcome-fine = OK
outcome-empty = Empty
outcome-error = Error
outcome-dropped = Given up by the caller
answer-messages = { $count ->
    [one] message { $messages }
   *[other] messages { $messages }
}
http-status = HTTP { $status }

## Forms

create-queue = New queue
send-message = Send a message
queue-name-hint = Letters, digits, - and _; the name of a FIFO queue ends in .fifo
fifo-choice = FIFO queue
empty-means = empty means { $value }
dead-letter-queue = Dead-letter queue
none = none
optional = optional
not-a-number = A whole number, please.
send-no-queue = There is no queue to send to. Create one first.
send-delay-hint = seconds; empty means as the queue has it
send-group-hint = messages of one group stay in order
send-deduplication-hint = may stay empty with content-based deduplication
attribute-name = Attribute name
attribute-string = Attribute value

files = Files
settings = Settings
share = Share
takeaway = Take it to AWS
present = Present: the stage alone, large
end-present = Leave the presentation
in-full = Open in SQS Playground
opening = Opening the run…

## Notices

notice-idle = Nothing more will happen here by itself.
notice-seen = You have seen what this scenario shows. Play on, or try something.
notice-cut = You acted in the past: from here the run goes another way.
notice-would-end = Your scripts run at the end of this run, and could not go on after this. They would be ended.
notice-end-scripts = End them
notice-undone = Taken back. What came after it is there again.
notice-redone = Done again.
notice-rest = Every message is dealt with: from here on only polls happen.
notice-never-rests = After { $span } more this world still has not come to rest.
notice-refused = That does not work: { $why }

## What the stage shows

help-badge = The small number at a message is how often it was received.
help-travel = Requests and answers travel as long as the simulated network takes: slow down to watch them. A wire lights up when an answer has just come.
help-poll = A dashed line is a long poll that waits; its ring is the time it will wait.

## When the page crashes

crash-title = The page has crashed
crash-text = This is a mistake of the page, not yours. The recording below has everything that you did: keep it, and it can be played again.
crash-recording = Recording
crash-download = Download the recording
crash-reload = Load the page again

## Dock

dock = The run
dock-handle = Height of the panel below
dock-handle-hint = Drag to change the height; double click to put the panel away or bring it back
timeline = Timeline
metrics = Metrics
cost = Cost
strip = Events over the whole run: { $sends } sends, { $receives } receives, { $deletes } deletes, { $losses } expired or moved to a dead-letter queue, { $errors } errors; most around { $busiest }

## Timeline of messages

timeline-count = { $shown } of { $known } messages
timeline-search = Number or body
timeline-grid = Messages over time. Up and down choose a message, left and right go to its events, Enter shows its details.
timeline-none = No message was sent yet.
timeline-forgotten = Only the newest events are kept: what happened before { $time } is not shown. Go back there to see it.
timeline-window = Shown from { $from } to { $to }; known up to { $known }
timeline-held = In flight with { $holder }
timeline-in = { $state }, { $queue }
timeline-dead = { $state }, dead letter in { $queue }
timeline-bar = { $state }: { $from } to { $to } ({ $time })
timeline-open = { $state }: from { $from }
all-queues = All queues
all-consumers = All consumers
all-groups = All groups
message-group = Message group
mark-at = { $mark } at { $time }
mark-sent = sent
mark-received = received
mark-deleted = deleted
mark-expired = expired
mark-deduplicated = sent again, dropped as a duplicate
mark-moved = moved to another queue
mark-missed = a server missed it
zoom = Part of the run
zoom-earlier = Earlier
zoom-later = Later
zoom-in = Closer (Ctrl and wheel)
zoom-out = Farther (Ctrl and wheel)
zoom-whole = The whole run
zoom-follow = Follow
zoom-follow-hint = Keep the playhead in sight

## Stage: to look, to find, to connect

actor-throttled = throttled, again in { $time }
actor-crashed = crashed, back in { $time }
actor-paused = paused
actor-strands = { $count } of { $all } working
twin = The stage in words
twin-calls = Calls under way
twin-message = message { $message }
twin-receives = { $count ->
    [one] received once
   *[other] received { $count } times
}
twin-left = { $time } left
twin-locked = Group { $group } is locked.
stage-view = Picture of the stage: arrow keys move it
stage-tools = Add and find
lens = Zoom
stage-larger = Stage: larger
stage-smaller = Stage: smaller
stage-fit = Stage: all of it
find = Find
find-message = Find a message
find-gone = in no queue any more
find-hint = Number, id or text
find-count = { $count ->
    [0] No message fits.
    [one] 1 message fits.
   *[other] { $count } messages fit.
}
add-producer = New producer
add-consumer = New consumer
all-options = All options
send-to = Send to { $queue }
send-body = message { $number }
connect-actor = Connect { $actor } with another queue
connect-queue = Dead-letter queue of { $queue }
connect-none = There is no other queue.
you-card = You
redrive-start = Redrive
redrive-cancel = Cancel
redrive-cancelling = redrive is being cancelled
redrive-progress = redrive { $moved } of { $all }
redrive-rate = { $rate } a second
explain-crowd = { $count } messages are here. The first are shown one by one, each dot is one more, the number the rest. Find one by its number, id or text.
explain-lock = Group { $group } is locked by message { $message }: nobody gets the others of the group until it is deleted or comes back.
explain-request = { $actor } asks: { $action } on its way to { $queue }.
explain-reply = The answer to { $actor } is on its way: { $action } of { $queue }.
explain-poll = { $actor } waits at { $queue } for a message: a long poll.
explain-redrive = A message that was received { $count } times goes to { $queue } at the next receive.
explain-wire = { $actor } uses { $queue }.
legend-show = Legend
legend-hide = Put the legend away
legend-locked = A message of this group is in flight: the others wait for it.
legend-many = Many messages: the first are shown one by one, each dot is one more, and a number counts the rest.
sign-received = Receives
sign-dead = Dead letter
sign-locked = Locked group
sign-poll = Long poll
sign-call = On its way
sign-many = Many

## Inspector

go-to = Go to { $time }
copy = Copy
copied = Copied
copy-by-hand = Selected: copy it by hand
explain-title = Message by message
explain-nothing-there = The queue is empty: there is nothing to receive.
explain-moved = Moved to the dead-letter queue instead:
explain-sampled = A short poll here asks one server only, and misses what the others have. This is what a receive that asks all of them would do.
explain-empty-at = It came back empty. To see why, go to
explain-at = To see why each message came or did not, go to
reason-came = it came
reason-enough = it could have come: the receive had enough before it
reason-receivable = it would come, if the receive takes so many
reason-delayed = delayed until { $until }
reason-in-flight = in flight until { $until }, held by { $who }
reason-locked = its group is locked by message { $message }
reason-out-of-sight = too far back: more messages are before it than a receive looks at
reason-not-sampled = on server { $partition }, which this short poll did not ask
reason-too-many = the queue has as many messages in flight as it can have
reason-moves = received too often: it would go to { $queue } instead
reason-just-moved = it came as a dead letter at this very instant
sum-came = { $count } came
sum-receivable = { $count } could come
sum-locked = { $count } in locked groups
sum-not-sampled = { $count } on servers not asked
sum-out-of-sight = { $count } too far back
sum-too-many = { $count } held back
sum-moves = { $count } to the dead-letter queue
sum-in-flight = { $count } in flight
sum-delayed = { $count } delayed
next-change = Next by itself
next-known = Already played
next-visible = it becomes visible
next-back = it becomes visible again, unless it is deleted before
next-group = its group can go on
next-expires = it expires
expires = Expires
in-time = in { $left }
not-sent-yet = At this time it is not sent yet.
life-earlier = { $count ->
    [one] 1 earlier event
   *[other] { $count } earlier events
}
copy-as-sent = Copy as sent
system-attributes = System attributes
message-attributes = Message attributes

groups = Groups
dead-letters = Dead letters
queue-tabs = About this queue
count-visible = Visible: a receive can get them.
count-in-flight = In flight: received, and neither deleted nor visible again yet.
count-delayed = Delayed: not visible for the first time yet.
receive-explain = Receive and explain
explain-now = Explain without receiving
change = Change
change-named = Change { $name }
cancel = Cancel
until = until
policy-hint = JSON; empty removes it
redrive-allow-hint = Which queues may use this one as their dead-letter queue: {"{"}"redrivePermission":"allowAll"{"}"}, "denyAll", or "byQueue" with "sourceQueueArns". Empty removes it.
receives-hint = 1 to 1,000: after so many receives, the next one moves the message
tags = Tags
tags-none = No tags.
tag-add = Add the tag
tag-remove = Remove the tag { $key }
removal = Purge or delete
purge = Purge
delete-queue = Delete the queue
purge-sure = { $count ->
    [one] Delete the message in { $queue }?
   *[other] Delete all { $count } messages in { $queue }?
}
delete-sure = Delete { $queue } with all its messages? For 60 seconds no queue of this name can be created.
groups-none = No message is here now, so there is no group.
groups-fifo = Messages of one group stay in order: while one of them is in flight or delayed, those behind it wait.
groups-fair = A fair queue: a group that keeps the consumers busy is noisy, and lets the others go first.
groups-not-fair = No message here has a MessageGroupId. With groups a standard queue is a fair queue.
group-locked = locked by
tenant-counts = { $visible } visible, { $hidden } in flight, { $delayed } delayed
tenant-noisy = noisy: the others go first
redrive-none = None: a message that nobody deletes comes back until it expires.
redrive-after = { $count ->
    [one] After 1 receive, the next one moves a message to
   *[other] After { $count } receives, the next one moves a message to
}
redrive-gone = a queue that is not there
allow-all = Every queue may use this one as its dead-letter queue.
deny-all = No queue may use this one as its dead-letter queue.
allow-by-queue = Only these may use this one as their dead-letter queue: { $queues }.
redrive-where = Both are changed among the settings.
sources = Dead letters come from
sources-none = From nowhere: it is no queue’s dead-letter queue.
sources-some = It is the dead-letter queue of:
move-tasks = Message move tasks
task-to-sources = to where they came from
task-to = to { $queue }
task-rate = at most { $count } a second
task-progress = { $moved } of { $count } moved
task-started = Started
task-terms = Moves
task-start = Move the messages back
task-cancel = Cancel the task
task-note = StartMessageMoveTask sends each message again to the queue where it came from, as a new message.
doing-now = Now:
doing-starting = not started yet, waits
doing-sleeping = sleeps
doing-working = works on
doing-idle = its program runs outside of this world, and waits for nothing in it
doing-killed = its program was stopped
doing-finished = its program has come to its end
doing-failed = its program was ended by an error
tally-calls-note = requests with an answer, whatever it was
tally-sent-note = accepted by the queue
tally-receives-note = ReceiveMessage calls answered
tally-empty-note = each is billed like any other call
tally-received-note = a message that comes twice counts twice
tally-worked-note = worked on to the end with success, also in vain
tally-deleted-note = deletes that the queue accepted
tally-errors-note = calls answered with an error
send-count = How many
send-count-hint = {"{n}"} in the texts becomes the number of the message
send-count-wrong = A number from 1 to { $most }, please.
attribute-add = Add an attribute
attribute-base64 = Attribute value, as base64
doing-throttled = its batch was refused by the busy function: it tries again, and waits
doing-crashed = crashed in the middle of its work, and is down
doing-removed = it was taken out of this world
doing-paused = Paused: it does nothing, while the time for its messages runs on.
tally-worked-twice-note = the harm that at-least-once delivery does
tally-recognised-note = an idempotent consumer saw it, and did no harm
tally-failed-note = they come back when their visibility timeout is over
tally-extended-note = the visibility timeout was extended during the work
tally-crashes-note = what it held comes back later
tally-invocations-note = calls of the function, each with a batch
tally-throttled-note = the function was busy; each try counts

## Actors: to make and to change them

add-actor = New actor
add-actor-do = Add
add-actor-no-queue = An actor talks to a queue, and there is none yet. Create one first.
actor-kind = What it is
kind-producer-hint = Sends messages, one after the other.
kind-consumer-hint = Receives, works on each message, deletes it.
kind-lambda = Lambda
kind-lambda-hint = An event source mapping: pollers receive, and invoke a function with batches.
kind-monitor-hint = Only reads how many messages the queue has.
kind-script-hint = Makes the calls that you write down, once.
actor-name = Name
actor-name-hint = What the stage calls it.
actor-name-taken = Another actor has this name.
more-settings = More settings
number-within = From { $least } to { $most }, please.
actor-pause = Pause
actor-resume = Resume
actor-edit = Edit program
actor-apply = Apply
actor-rename = Rename
actor-rename-do = Rename it
actor-remove = Remove
actor-remove-ask = Remove { $name }?
actor-remove-calls = Its calls that are under way are dropped.
actor-remove-sent = What it has sent stays in the queue.
actor-remove-held = What it holds is not deleted: each message comes back when its visibility timeout is over.
actor-remove-do = Remove it

set-start-after = Starts after (ms)
set-start-after-hint = Empty means at once.
set-queue-hint = The queue that it talks to.
set-send-pause = Pause after each message
set-send-pause-hint = The shorter it is, the faster messages come. More than consumers can work off, and the backlog grows.
set-body = Body
set-template-hint = { "{n}" } becomes the number of the message, { "{n%3}" } what is left of it after a division by 3, { "{random:3}" } 0, 1 or 2 by chance.
set-count = How many messages
set-count-hint = Empty means it never stops.
set-group = MessageGroupId
set-group-hint = Messages of a group stay in order, and a FIFO queue works on groups side by side: more groups, more at a time. A template as the body.
set-deduplication = MessageDeduplicationId
set-deduplication-hint = A FIFO queue drops what comes again with the same id within 5 minutes. A template as the body; empty with content-based deduplication.
set-send-batch = Messages per SendMessageBatch
set-send-batch-hint = 1 to 10; empty means single sends. A batch is one request, and so costs a tenth.
set-delay = DelaySeconds (s)
set-delay-hint = So long nobody can receive the message; empty means as the queue has it.
set-attributes = Message attributes
set-attributes-hint = One a line: Name=Value is a String, Name:Number=5 a Number. They travel beside the body.
set-attributes-wrong = One a line, please: Name=Value, or Name:Number=5.
set-bodies = Bodies in turn
set-bodies-hint = One a line, sent in turn in place of the body above.
set-start = Number of the first message
set-start-hint = Empty means 1.
set-work = Work on each message
set-work-hint = Longer than the visibility timeout, and the message comes back while it is worked on: it is worked on twice.
set-after-work = After the work
set-after-work-hint = A message that is not deleted comes back. One DeleteMessageBatch for a whole receive costs less, and deletes later.
set-receive-count = MaxNumberOfMessages
set-receive-count-hint = 1 to 10, empty means 1. Many at once cost fewer requests, but the last waits hidden while the first is worked on.
set-visibility = VisibilityTimeout (s)
set-visibility-hint = So long nobody else gets what it received; empty means as the queue has it.
set-wait = WaitTimeSeconds (s)
set-wait-hint = 1 to 20 is a long poll: it waits for a message, and fewer receives come back empty. 0 is a short poll; empty means as the queue has it.
set-workers = Workers
set-workers-hint = 1 to 10, each with its own loop; empty means 1. More workers clear a backlog sooner.
set-receive-pause = Pause after each receive
set-receive-pause-hint = Time in which it does not ask.
set-stop = Stops after empty receives
set-stop-hint = So many in a row end it; empty means never.
set-heartbeat = Heartbeat each (s)
set-heartbeat-hint = While it works it asks so often for more time with ChangeMessageVisibility; empty means never. Helps where work is sometimes long.
set-extends = Heartbeat hides for (s)
set-extends-hint = What each heartbeat asks for; empty means as its receives, or 30. Longer than the time between two.
set-crash = Crashes (%)
set-crash-hint = How often it dies in the middle of a message. Nothing is lost: what it held comes back.
set-restart = Starts again after (ms)
set-restart-hint = After a crash; empty means 1000.
set-invocation = Batch size
set-invocation-hint = The most messages of an invocation: 1 to 10,000, of a FIFO queue to 10; empty means 10. More than 10 need a batch window.
set-window = Batch window (s)
set-window-hint = Gathers a batch so long after its first message, 0 to 300. Fewer invocations, but each message waits longer.
set-pollers = Pollers
set-pollers-hint = 1 to 100; empty means 5. Each has one batch at a time.
set-source-limit = MaximumConcurrency
set-source-limit-hint = The most invocations for this queue, 2 to 1000: what is not polled stays visible.
set-function-limit = Reserved concurrency
set-function-limit-hint = The most invocations that the function takes, 0 to 1000. What is beyond was received already: it ages, and can end in a dead-letter queue.
set-report = ReportBatchItemFailures
set-report-hint = Only the messages that failed come back. Without, one failure brings back the whole batch.
set-poison = Poison
set-poison-hint = On such messages the work fails, each time. Without a dead-letter queue they come again and again.
set-on-failure = After a failure
set-on-failure-hint = At once, a poisoned message burns through its receives; later leaves time to get well.
set-idempotent = Idempotent
set-idempotent-hint = Recognises a message that was worked on before, and only deletes it: a second delivery does no harm.
set-monitor-pause = Pause after each reading (ms)
set-monitor-pause-hint = Empty means 1000. The counts are approximate on AWS.
set-steps = Steps, as JSON
set-steps-hint = A list of calls: the request, how many times, and the pause after each in ms. An error ends the script.

spread-fixed = always the same
spread-between = between two times
spread-random = random around a mean
spread-ms = ms
spread-from-ms = from, ms
spread-to-ms = to, ms
spread-mean-ms = mean, ms
after-work-delete = delete it
after-work-batch = delete a receive’s messages together
after-work-keep = do not delete it
on-failure-leave = wait for the visibility timeout
on-failure-retry = make it visible at once
poison-none = none
poison-body = body contains
poison-attribute = attribute equals
poison-text = text

## The workbench: what is loaded later

console = Console
python = Python
workbench-coming = Loading…
workbench-missing = This part of the playground could not be loaded. All else goes on.
try-again = Try again
