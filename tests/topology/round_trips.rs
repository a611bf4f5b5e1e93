//! What is exported and imported again is the same.

use proptest::prelude::*;
use sqs_playground::sqs::AttributeName;
use sqs_playground::topology::{
    Topology, cloudformation_json, cloudformation_yaml, import, terraform_json,
};

use crate::support::{home, perform, requests, rich, service};

/// The same topology, read from what was written.
fn check(topology: &Topology, text: &str) -> Result<(), TestCaseError> {
    if topology.queues().is_empty() {
        return Ok(());
    }
    let import = import(text, &home());
    let import = import.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    prop_assert_eq!(&import.notes, &[], "{}", text);
    prop_assert_eq!(&import.topology, topology, "{}", text);
    Ok(())
}

fn check_all(topology: &Topology) -> Result<(), TestCaseError> {
    check(topology, &cloudformation_json(topology))?;
    check(topology, &terraform_json(topology))?;
    let yaml = cloudformation_yaml(topology);
    if cfg!(feature = "yaml") {
        check(topology, &yaml)?;
    }
    Ok(())
}

#[test]
fn all_that_there_is_comes_back() {
    let topology = rich();
    assert_eq!(topology.queues().len(), 7);
    check_all(&topology).expect("it comes back");
    let calls = topology.calls();
    let mut again = service();
    for (call, result) in calls.iter().zip(perform(&mut again, &calls)) {
        assert_eq!(result, Ok(()), "{call:?}");
    }
    assert_eq!(Topology::of_service(&again), topology);
}

#[test]
fn what_get_queue_attributes_prints_comes_back() {
    let topology = rich();
    let mut original = service();
    perform(&mut original, &topology.calls());
    let mut printed = String::new();
    for queue in original.queues() {
        let attributes = AttributeName::ALL.iter().filter_map(|name| {
            let value = queue.attribute(*name)?;
            Some((name.as_str(), serde_json::Value::String(value)))
        });
        let attributes: serde_json::Map<_, _> = attributes
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let tags: serde_json::Map<_, _> = queue
            .tags()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().into()))
            .collect();
        let output = serde_json::json!({ "Attributes": attributes, "Tags": tags });
        printed.push_str(&serde_json::to_string_pretty(&output).expect("it is JSON"));
        printed.push('\n');
    }
    check(&topology, &printed).expect("it comes back");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_topology_comes_back(requests in requests()) {
        let mut first = service();
        perform(&mut first, &requests);
        let topology = Topology::of_service(&first);
        check_all(&topology)?;
        let calls = topology.calls();
        let mut again = service();
        for (call, result) in calls.iter().zip(perform(&mut again, &calls)) {
            prop_assert_eq!(result, Ok(()), "{:?}", call);
        }
        prop_assert_eq!(Topology::of_service(&again), topology);
    }
}
