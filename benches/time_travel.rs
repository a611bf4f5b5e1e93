//! The run: to play ten minutes of a scenario, and to seek within them.

use criterion::{Criterion, criterion_group, criterion_main};
use sqs_playground::scenario::library;
use sqs_playground::sim::Span;
use sqs_playground::timeline::{Recording, Timeline};

const TEN_MINUTES: Span = Span::from_secs(600);

fn ten_minutes() -> Timeline {
    let scenarios = library();
    let scenario = scenarios
        .iter()
        .find(|scenario| scenario.id == "slow-and-fast");
    let world = scenario.expect("the library has it").world.clone();
    let mut timeline = Timeline::new(Recording::new(world));
    timeline.advance(timeline.start() + TEN_MINUTES, usize::MAX);
    timeline
}

fn play(criterion: &mut Criterion) {
    criterion.bench_function("play ten minutes of slow and fast", |bencher| {
        bencher.iter(ten_minutes);
    });
}

fn seek(criterion: &mut Criterion) {
    let mut timeline = ten_minutes();
    let places = [599, 3, 300, 299, 450, 0, 120];
    let mut turn = 0;
    criterion.bench_function("seek within ten minutes of slow and fast", |bencher| {
        bencher.iter(|| {
            turn += 1;
            let target = timeline.start() + Span::from_secs(places[turn % places.len()]);
            timeline.seek(target, usize::MAX);
        });
    });
}

criterion_group!(benches, play, seek);
criterion_main!(benches);
