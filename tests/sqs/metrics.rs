//! CloudWatch metrics at one-minute points of virtual time, and the request meter.

use sqs_playground::sim::{Span, Time};
use sqs_playground::sqs::api::{
    DeleteMessageBatchRequest, DeleteMessageBatchRequestEntry, ListQueuesRequest,
    SendMessageBatchRequest, SendMessageBatchRequestEntry, SendMessageRequest,
};
use sqs_playground::sqs::{Meter, Metric, MetricPoint, Prices};

use crate::support::{Sqs, fifo_message, long_poll, message, receive, redrive_to};

const START: Time = Time::from_ms(1_767_225_600_000);

fn minute(number: u64) -> Time {
    START + Span::from_secs(60 * number)
}

fn points(sqs: &Sqs, queue: &str) -> Vec<MetricPoint> {
    sqs.queue(queue).metrics(Time::from_ms(0), sqs.now)
}

/// The values of a metric, by the minutes of the clock.
fn values(sqs: &Sqs, queue: &str, metric: Metric) -> Vec<(u64, Option<u64>)> {
    let value = |point: &MetricPoint| {
        let minute = point.at.since(START).as_secs() / 60;
        (minute, metric.value(point))
    };
    points(sqs, queue).iter().map(value).collect()
}

fn last(sqs: &Sqs, queue: &str, metric: Metric) -> Option<u64> {
    metric.value(points(sqs, queue).last().expect("a minute is over"))
}

#[test]
fn a_minute_shows_what_happened_in_it_and_the_state_at_its_end() {
    let mut sqs = Sqs::with_queue("q", &[("DelaySeconds", "0")]);
    sqs.send_all("q", "1 22 333");
    let got = sqs.receive(receive("q", 2, 100));
    sqs.receive(receive("q", 1, 100));
    sqs.receive(receive("q", 1, 100));
    let handle = &got[0].receipt_handle;
    for _ in 0..2 {
        sqs.delete("q", handle).expect("deletes can be repeated");
    }
    let mut late = message("q", "4444");
    late.delay_seconds = Some(90);
    sqs.send(late);
    assert_eq!(points(&sqs, "q"), [], "no minute is over");
    sqs.pass_ms(59_999);
    assert_eq!(points(&sqs, "q"), []);
    sqs.pass_ms(1);
    let found = points(&sqs, "q");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].at, START);
    assert_eq!(
        (found[0].sums.sent_bytes_min, found[0].sums.sent_bytes_max),
        (1, 4)
    );
    for (metric, value) in [
        (Metric::NumberOfMessagesSent, Some(4)),
        (Metric::SentMessageSize, Some(2)),
        (Metric::NumberOfMessagesReceived, Some(3)),
        (Metric::NumberOfEmptyReceives, Some(1)),
        (Metric::NumberOfMessagesDeleted, Some(2)),
        (Metric::ApproximateNumberOfMessagesVisible, Some(0)),
        (Metric::ApproximateNumberOfMessagesNotVisible, Some(2)),
        (Metric::ApproximateNumberOfMessagesDelayed, Some(1)),
        (Metric::ApproximateAgeOfOldestMessage, Some(60)),
        (Metric::NumberOfDeduplicatedSentMessages, None),
        (Metric::ApproximateNumberOfGroupsWithInflightMessages, None),
        (Metric::ApproximateNumberOfNoisyGroups, None),
        (
            Metric::ApproximateNumberOfMessagesVisibleInQuietGroups,
            None,
        ),
    ] {
        assert_eq!(metric.value(&found[0]), value, "{}", metric.as_str());
    }
    sqs.pass_secs(100);
    assert_eq!(
        values(&sqs, "q", Metric::ApproximateNumberOfMessagesVisible),
        [(0, Some(0)), (1, Some(3))]
    );
    assert_eq!(
        values(&sqs, "q", Metric::SentMessageSize),
        [(0, Some(2)), (1, None)],
        "only after a send"
    );
}

#[test]
fn quiet_minutes_follow_from_the_one_before_and_nothing_is_woken_for_them() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.send_all("q", "1");
    sqs.pass_secs(600);
    assert_eq!(
        sqs.service.poll_timeout(),
        Some(START + Span::from_secs(345_600)),
        "the message expires, else nothing happens"
    );
    let ages = values(&sqs, "q", Metric::ApproximateAgeOfOldestMessage);
    assert_eq!(ages.len(), 10);
    assert_eq!((ages[0], ages[9]), ((0, Some(60)), (9, Some(600))));
    let sent = values(&sqs, "q", Metric::NumberOfMessagesSent);
    assert_eq!(sent.iter().filter_map(|(_, sent)| *sent).sum::<u64>(), 1);
    // The same, looked at in small steps or at once, and after something happened again.
    let mut small = Sqs::with_queue("q", &[]);
    small.send_all("q", "1");
    for _ in 0..600 {
        small.pass_secs(1);
    }
    assert_eq!(points(&sqs, "q"), points(&small, "q"));
    let before = points(&sqs, "q");
    sqs.send_all("q", "2");
    assert_eq!(points(&sqs, "q"), before);
    assert_eq!(sqs.queue("q").metrics(minute(7), sqs.now), before[7..]);
}

#[test]
fn a_queue_without_messages_is_active_for_six_hours_after_an_action() {
    let mut sqs = Sqs::with_queue("q", &[]);
    sqs.pass_secs(10 * 3600);
    assert_eq!(points(&sqs, "q").len(), 360);
    sqs.attributes("q");
    sqs.pass_secs(3600);
    let minutes: Vec<_> = points(&sqs, "q").iter().map(|point| point.at).collect();
    assert_eq!(minutes.len(), 360 + 60);
    assert_eq!((minutes[359], minutes[360]), (minute(359), minute(600)));
    // With a message it stays active.
    sqs.send_all("q", "1");
    sqs.pass_secs(20 * 3600);
    assert_eq!(points(&sqs, "q").len(), 360 + 60 + 20 * 60);
}

#[test]
fn the_history_is_bounded() {
    let mut sqs = Sqs::with_queue("q", &[]);
    for _ in 0..1000 {
        sqs.receive(receive("q", 1, 0));
        sqs.pass_secs(60);
    }
    assert_eq!(points(&sqs, "q").len(), 241);
    assert_eq!(last(&sqs, "q", Metric::NumberOfEmptyReceives), Some(1));
}

#[test]
fn the_age_skips_poison_pills_and_counts_from_the_move_in_a_dead_letter_queue() {
    let mut sqs = Sqs::with_queue("d", &[]);
    sqs.create("q", &[("RedrivePolicy", &redrive_to("d", 4))]);
    sqs.send_all("q", "1");
    sqs.pass_secs(60);
    sqs.send_all("q", "2");
    for _ in 0..3 {
        sqs.receive(receive("q", 1, 0));
    }
    sqs.pass_secs(60);
    assert_eq!(
        last(&sqs, "q", Metric::ApproximateAgeOfOldestMessage),
        Some(60)
    );
    while sqs.counts("d").0 == 0 {
        sqs.receive(receive("q", 1, 0));
    }
    assert_eq!(
        last(&sqs, "d", Metric::ApproximateAgeOfOldestMessage),
        Some(0)
    );
    sqs.pass_secs(180);
    assert_eq!(last(&sqs, "d", Metric::NumberOfMessagesSent), Some(0));
    let moved = values(&sqs, "d", Metric::NumberOfMessagesSent);
    assert!(
        moved.iter().all(|(_, sent)| *sent == Some(0)),
        "a move is no send"
    );
}

#[test]
fn a_fifo_queue_has_metrics_of_its_own() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    sqs.send_to_groups("q.fifo", "g1m1 g1m2 g2m1 g3m1");
    sqs.send(fifo_message("q.fifo", "g1", "g1m1", "again"));
    sqs.receive(receive("q.fifo", 3, 60));
    sqs.pass_secs(59);
    sqs.send(fifo_message("q.fifo", "g1", "g1m1", "again"));
    sqs.pass_secs(61);
    let groups = Metric::ApproximateNumberOfGroupsWithInflightMessages;
    assert_eq!(values(&sqs, "q.fifo", groups), [(0, Some(2)), (1, Some(0))]);
    assert_eq!(
        values(&sqs, "q.fifo", Metric::NumberOfDeduplicatedSentMessages),
        [(0, Some(2)), (1, Some(0))]
    );
    assert_eq!(
        values(&sqs, "q.fifo", Metric::NumberOfMessagesSent)[0],
        (0, Some(4))
    );
}

#[test]
fn a_fair_queue_has_metrics_without_its_noisy_groups() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let send = |sqs: &mut Sqs, group: &str, count| {
        for _ in 0..count {
            sqs.send(SendMessageRequest {
                message_group_id: Some(group.into()),
                ..message("q", "x")
            });
        }
    };
    send(&mut sqs, "noisy", 40);
    for _ in 0..3 {
        sqs.receive(receive("q", 10, 600));
    }
    sqs.pass_secs(30);
    send(&mut sqs, "quiet", 3);
    sqs.pass_secs(30);
    for (metric, value) in [
        (Metric::ApproximateNumberOfNoisyGroups, 1),
        (Metric::ApproximateNumberOfMessagesVisible, 13),
        (Metric::ApproximateNumberOfMessagesVisibleInQuietGroups, 3),
        (Metric::ApproximateNumberOfMessagesNotVisible, 30),
        (
            Metric::ApproximateNumberOfMessagesNotVisibleInQuietGroups,
            0,
        ),
        (Metric::ApproximateNumberOfMessagesDelayedInQuietGroups, 0),
        (Metric::ApproximateAgeOfOldestMessage, 60),
        (Metric::ApproximateAgeOfOldestMessageInQuietGroups, 30),
    ] {
        assert_eq!(last(&sqs, "q", metric), Some(value), "{}", metric.as_str());
    }
}

#[test]
fn names_are_in_order() {
    let names = Metric::ALL.map(Metric::as_str);
    assert!(names.is_sorted());
}

/// What a call adds to the meters of the service and of the queue `q`, which agree.
fn metered(sqs: &mut Sqs, queue: &str, act: impl FnOnce(&mut Sqs)) -> Meter {
    let before = (*sqs.service.meter(), *sqs.queue(queue).meter());
    act(sqs);
    let after = (*sqs.service.meter(), *sqs.queue(queue).meter());
    let minus = |a: Meter, b: Meter| Meter {
        calls: a.calls - b.calls,
        standard: a.standard - b.standard,
        fifo: a.fifo - b.fifo,
        fair: a.fair - b.fair,
        empty_receives: a.empty_receives - b.empty_receives,
    };
    let [sum, own] = [minus(after.0, before.0), minus(after.1, before.1)];
    assert_eq!(sum, own);
    sum
}

fn standard(requests: u64) -> Meter {
    Meter {
        calls: 1,
        standard: requests,
        ..Meter::default()
    }
}

#[test]
fn each_chunk_of_64_kib_is_a_request() {
    for (bytes, requests) in [
        (1, 1),
        (65_536, 1),
        (65_537, 2),
        (262_144, 4),
        (1_048_576, 16),
    ] {
        let mut sqs = Sqs::with_queue("q", &[]);
        let body = "x".repeat(bytes);
        let send = |sqs: &mut Sqs| drop(sqs.send(message("q", &body)));
        assert_eq!(metered(&mut sqs, "q", send), standard(requests));
        let take = |sqs: &mut Sqs| drop(sqs.receive(receive("q", 1, 0)));
        assert_eq!(metered(&mut sqs, "q", take), standard(requests));
    }
}

#[test]
fn a_batch_is_a_call_by_its_total_size() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let entry = |index: u32| SendMessageBatchRequestEntry {
        id: Some(index.to_string()),
        message_body: Some("x".repeat(10_000).into()),
        ..Default::default()
    };
    let request = SendMessageBatchRequest {
        queue_url: Some("q".into()),
        entries: Some((0..10).map(entry).collect()),
    };
    let send = |sqs: &mut Sqs| drop(sqs.call(request).expect("it is fine"));
    assert_eq!(metered(&mut sqs, "q", send), standard(2));
    let mut got = Vec::new();
    let take = |sqs: &mut Sqs| got = sqs.receive(receive("q", 10, 30));
    assert_eq!(metered(&mut sqs, "q", take), standard(2));
    let entry = |(index, handle)| DeleteMessageBatchRequestEntry {
        id: Some(format!("{index}")),
        receipt_handle: Some(handle),
    };
    let handles = got.into_iter().map(|message| message.receipt_handle);
    let request = DeleteMessageBatchRequest {
        queue_url: Some("q".into()),
        entries: Some(handles.enumerate().map(entry).collect()),
    };
    let delete = |sqs: &mut Sqs| drop(sqs.call(request).expect("it is fine"));
    assert_eq!(metered(&mut sqs, "q", delete), standard(1));
}

#[test]
fn failures_and_empty_receives_cost_too() {
    let mut sqs = Sqs::with_queue("q", &[]);
    let empty = Meter {
        empty_receives: 1,
        ..standard(1)
    };
    let take = |sqs: &mut Sqs| drop(sqs.receive(receive("q", 1, 0)));
    assert_eq!(metered(&mut sqs, "q", take), empty);
    let poll = |sqs: &mut Sqs| {
        sqs.start(long_poll("q", 20));
        sqs.pass_secs(20);
    };
    assert_eq!(metered(&mut sqs, "q", poll), empty, "one, however long");
    let gone = |sqs: &mut Sqs| {
        let call = sqs.start(long_poll("q", 20));
        sqs.cancel(call);
    };
    assert_eq!(metered(&mut sqs, "q", gone), empty);
    let fail = |sqs: &mut Sqs| drop(sqs.delete("q", "garbage").expect_err("it is garbage"));
    assert_eq!(metered(&mut sqs, "q", fail), standard(1));
    let before = *sqs.service.meter();
    sqs.call(ListQueuesRequest::default()).expect("it is fine");
    assert_eq!(sqs.service.meter().standard, before.standard + 1);
}

#[test]
fn fifo_and_fair_queues_have_prices_of_their_own() {
    let mut sqs = Sqs::with_queue("q.fifo", &[("FifoQueue", "true")]);
    let fifo = Meter {
        fifo: 1,
        standard: 0,
        ..standard(1)
    };
    let send = |sqs: &mut Sqs| sqs.send_to_groups("q.fifo", "g1m1");
    assert_eq!(metered(&mut sqs, "q.fifo", send), fifo);
    let look = |sqs: &mut Sqs| drop(sqs.attributes("q.fifo"));
    assert_eq!(
        metered(&mut sqs, "q.fifo", look),
        standard(1),
        "but this not"
    );
    sqs.create("q", &[]);
    let fair = Meter {
        fair: 1,
        ..standard(1)
    };
    let send = |sqs: &mut Sqs| {
        sqs.send(SendMessageRequest {
            message_group_id: Some("a".into()),
            ..message("q", "x")
        });
    };
    assert_eq!(metered(&mut sqs, "q", send), fair);
    let mut got = Vec::new();
    let take = |sqs: &mut Sqs| got = sqs.receive(receive("q", 1, 30));
    assert_eq!(metered(&mut sqs, "q", take), fair);
    let delete = |sqs: &mut Sqs| {
        sqs.delete("q", &got[0].receipt_handle).expect("it is held");
    };
    assert_eq!(
        metered(&mut sqs, "q", delete),
        standard(1),
        "it carries no message"
    );
    let meter = sqs.service.meter();
    assert_eq!(Prices::US_EAST_1.cost(meter), 0);
    // CreateQueue twice, GetQueueAttributes, three at the fair queue: 6 at 400; one FIFO; two fair.
    assert_eq!(
        Prices::US_EAST_1.without_free().cost(meter),
        6 * 400 + 500 + 2 * 100
    );
}
