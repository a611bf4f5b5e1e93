//! The terminal: prompts, questions, interrupts, completion, and text that nobody would type.

use proptest::prelude::*;
use sqs_playground::console::{PENDING_BYTES_MAX, Shell, Step};

use super::driver::Driver;

fn driver() -> Driver {
    Driver::new("http://localhost:4566")
}

#[test]
fn a_command_may_come_in_pieces() {
    let mut driver = driver();
    for piece in [
        "echo 'a",
        "aws sqs \\",
        "for i in 1 2",
        "echo a &&",
        "echo $(echo",
        "cat <<EOF\nx",
    ] {
        driver.shell.submit(piece).expect("short enough");
        assert_eq!(driver.go_on(), Step::Prompt { continues: true }, "{piece}");
        assert_eq!(driver.shell.pending(), format!("{piece}\n"));
        driver.shell.interrupt();
        assert_eq!(driver.go_on(), Step::Prompt { continues: false });
    }
    driver.run("echo 'a");
    assert_eq!(driver.run("b'"), "a\nb\n");
    assert_eq!(driver.shell.history(), ["echo 'a\nb'"]);
}

#[test]
fn configure_asks_four_questions() {
    let mut driver = driver();
    driver.shell.submit("aws configure").expect("short enough");
    // A question is waiting for its answer while nothing is submitted.
    let first = driver.go_on();
    assert_eq!(
        first,
        Step::Ask {
            prompt: "AWS Access Key ID [None]: ".to_owned()
        }
    );
    assert_eq!(driver.go_on(), Step::Waiting);
    assert!(driver.notes.contains("No account is needed"));
    driver.shell.submit("AKIAEXAMPLE").expect("short enough");
    driver.go_on();
    driver
        .shell
        .submit("secret\nus-west-2\ntext")
        .expect("short enough");
    while !matches!(driver.go_on(), Step::Prompt { .. }) {}
    assert_eq!(
        driver.typed,
        [
            "aws configure",
            "AKIAEXAMPLE",
            "secret",
            "us-west-2",
            "text"
        ]
    );
    assert_eq!(
        driver.run("aws configure get region; aws configure get output"),
        "us-west-2\ntext\n"
    );
    assert_eq!(
        driver.run("aws sqs create-queue --queue-name q"),
        "http://localhost:4566/000000000000/q\n"
    );
    assert!(
        driver.notes.contains("one region, eu-west-1"),
        "{}",
        driver.notes
    );
    let list = driver.run("aws configure list");
    assert!(
        list.contains("access_key     ****************MPLE      config-file    ~/.aws/config"),
        "{list}"
    );
    driver.run("aws configure set output json --profile other; aws configure set region eu-west-1");
    assert_eq!(
        driver.run("aws configure get output --profile other; aws configure get nothing; echo $?"),
        "json\n1\n"
    );
    assert!(
        driver
            .run("aws sts get-caller-identity --query Account")
            .starts_with("000000000000")
    );
}

#[test]
fn a_wait_can_be_interrupted() {
    let mut shell = Shell::new("000000000000", "eu-west-1");
    shell
        .submit("aws sqs receive-message --queue-url q --wait-time-seconds 20\necho next")
        .expect("short enough");
    assert!(matches!(shell.next(), Step::Typed { .. }));
    assert!(matches!(shell.next(), Step::Call(_)));
    assert_eq!(shell.next(), Step::Waiting);
    assert!(shell.is_busy());
    shell.interrupt();
    assert!(matches!(shell.next(), Step::Print { .. }));
    assert_eq!(shell.next(), Step::Prompt { continues: false });
    assert!(!shell.is_busy());
    // What comes late is nobody's.
    shell.woken();
    shell
        .submit("echo $?; sleep 1; echo $?")
        .expect("short enough");
    let mut output = String::new();
    loop {
        match shell.next() {
            Step::Print { text, .. } => output.push_str(&text),
            Step::Sleep { milliseconds } => {
                assert_eq!(milliseconds, 1_000);
                shell.woken();
            }
            Step::Prompt { .. } => break,
            Step::Typed { .. }
            | Step::Clear
            | Step::Call(_)
            | Step::Ask { .. }
            | Step::Again
            | Step::Waiting => {}
        }
    }
    assert_eq!(output, "130\n0\n");
}

#[test]
fn what_never_ends_gives_others_their_turn() {
    let mut shell = Shell::new("000000000000", "eu-west-1");
    shell
        .submit("while true; do true; done")
        .expect("short enough");
    for _ in 0..100 {
        assert!(matches!(shell.next(), Step::Again | Step::Typed { .. }));
    }
    shell.interrupt();
    shell.next();
    assert_eq!(shell.next(), Step::Prompt { continues: false });
}

#[test]
fn help_history_and_clear() {
    let mut driver = driver();
    for command in [
        "help",
        "aws help",
        "aws sqs help",
        "aws sqs create-queue help",
        "aws configure help",
        "aws --version",
    ] {
        let help = driver.run(command);
        assert!(help.len() > 40, "{command}: {help}");
        assert_eq!(driver.error, "");
    }
    assert!(
        driver
            .run("aws sqs create-queue help")
            .contains("--queue-name <text>")
    );
    driver.run("clear");
    assert_eq!(driver.clears, 1);
    assert!(driver.run("history").contains("    3  aws sqs help\n"));
    driver.run("aws s3 ls");
    assert!(
        driver
            .error
            .contains("aws: error: argument command: Invalid choice")
    );
    assert!(driver.notes.contains("Amazon SQS only"));
}

#[test]
fn options_of_version_2() {
    let mut driver = driver();
    driver.run("aws sqs create-queue --queue-name q --no-cli-pager");
    assert_eq!(
        driver.run("aws sqs list-queues --output yaml --profile any"),
        "QueueUrls:\n- http://localhost:4566/000000000000/q\n"
    );
    let send = "aws sqs send-message --queue-url q --message-body b --message-attributes";
    driver.run(&format!("{send} 'b={{DataType=Binary,BinaryValue=!}}'"));
    assert_eq!(driver.error, "\nInvalid base64: \"!\"\n");
    driver.run(&format!(
        "{send} 'b={{DataType=Binary,BinaryValue=aGk=}}' >/dev/null"
    ));
    driver.run(&format!("{send} 'b={{DataType=Binary,BinaryValue=hi}}' --cli-binary-format raw-in-base64-out >/dev/null"));
    let values = driver.run(
        "aws sqs receive-message --queue-url q --max-number-of-messages 2 --message-attribute-names All \
         --query 'Messages[].MessageAttributes.b.BinaryValue' --output text",
    );
    assert_eq!(values, "aGk=\taGk=\n");
    driver.run("aws sqs set-queue-attributes --queue-url q --attributes '{\"RedrivePolicy\":{\"maxReceiveCount\":1}}'");
    assert_eq!(
        driver.error,
        "\nParameter validation failed:\nInvalid type for parameter Attributes.RedrivePolicy, value: \
         OrderedDict({'maxReceiveCount': 1}), type: <class 'collections.OrderedDict'>, valid types: <class 'str'>\n"
    );
}

#[test]
fn what_the_playground_writes_the_console_takes() {
    use sqs_playground::cli::aws_command;
    use sqs_playground::json;
    use sqs_playground::sqs::api::Request;
    let golden = include_str!("../golden/cli.txt");
    let mut count = 0;
    for heading in golden.lines().filter_map(|line| line.strip_prefix("== ")) {
        let (action, members) = heading.split_once(' ').expect("an action and its members");
        let mut meant = Request::blank(action).expect("an action");
        let members = json::parse(members).expect("JSON");
        json::fill(json::Place::Shape(meant.fill()), members).expect("its members");
        let mut shell = Shell::new("000000000000", "eu-west-1");
        shell.submit(&aws_command(&meant)).expect("short enough");
        let mut asked = None;
        for _ in 0..10 {
            if let Step::Call(request) = shell.next() {
                asked = Some(request);
                break;
            }
        }
        // What lacks something that is required, the CLI refuses itself.
        if let Some(asked) = asked {
            assert_eq!(asked, meant);
            count += 1;
        }
    }
    assert!(count >= 23, "{count} commands");
}

#[test]
fn completion() {
    let mut driver = driver();
    driver
        .shell
        .add_file("entries.json", b"[]".to_vec())
        .expect("small enough");
    driver.run("URL=x");
    let urls = [
        "http://h/1/orders".to_owned(),
        "http://h/1/other".to_owned(),
    ];
    let words = |line: &str| driver.shell.complete(line, line.len(), &urls).words;
    assert_eq!(words("aw"), ["aws"]);
    assert_eq!(words("aws "), ["configure", "help", "sqs", "sts"]);
    assert_eq!(
        words("aws sqs send"),
        ["send-message", "send-message-batch"]
    );
    assert_eq!(words("X=$(aws sqs get-queue-u"), ["get-queue-url"]);
    assert_eq!(words("echo a; aws sqs create-queue "), ["--queue-name"]);
    assert_eq!(
        words("aws sqs send-message --message-b"),
        ["--message-body"]
    );
    assert_eq!(
        words("aws sqs send-message --queue-url "),
        ["http://h/1/orders", "http://h/1/other"]
    );
    assert_eq!(words("aws sqs send-message --queue-url ord"), ["orders"]);
    assert_eq!(
        words("aws sqs get-queue-url --queue-name o"),
        ["orders", "other"]
    );
    assert_eq!(
        words("aws sqs receive-message --queue-url q --attribute-names SentT"),
        Vec::<String>::new()
    );
    assert_eq!(
        words("aws sqs receive-message --message-system-attribute-names SentT"),
        ["SentTimestamp"]
    );
    assert_eq!(
        words("aws sqs create-queue --attributes FifoQueue=true,Vis"),
        ["FifoQueue=true,VisibilityTimeout="]
    );
    assert_eq!(
        words("aws sqs send-message-batch --entries file://"),
        ["file://entries.json"]
    );
    assert_eq!(
        words("aws sqs list-queues --output "),
        ["json", "table", "text", "yaml"]
    );
    assert_eq!(words("echo $UR"), ["$URL"]);
    assert_eq!(words("cat ent"), ["entries.json"]);
    let line = "aws sqs send-message --queue-url ";
    let found = driver.shell.complete(line, line.len(), &urls);
    assert_eq!(
        (found.from, found.common.as_str()),
        (line.len(), "http://h/1/o")
    );
}

#[test]
fn too_much_is_refused_and_much_is_quick() {
    let mut driver = driver();
    let much = "echo a\n".repeat(10 * 1024 * 1024 / 7);
    let refused = driver.shell.submit(&much).expect_err("too long");
    assert_eq!(refused.bytes_max, PENDING_BYTES_MAX);
    assert_eq!(driver.shell.pending(), "");
    for begin in [
        "$(",
        "\"$(",
        "{",
        "((",
        "$((",
        "`",
        "'",
        "${a:-",
        "for i in a; do ",
        "[",
        "\\",
        "{a,",
    ] {
        let text = begin.repeat(PENDING_BYTES_MAX / begin.len() - 1);
        driver.shell.submit(&text).expect("short enough");
        driver.go_on();
        driver.shell.interrupt();
        driver
            .shell
            .submit(&format!(
                "aws sqs list-queues --query '{}'",
                begin.replace('\'', "[").repeat(5_000)
            ))
            .expect("short enough");
        driver.go_on();
        driver.shell.interrupt();
        driver
            .shell
            .submit(&format!(
                "aws sqs tag-queue --queue-url q --tags 'a={}'",
                begin.replace('\'', "[").repeat(5_000)
            ))
            .expect("short enough");
        driver.go_on();
        driver.shell.interrupt();
    }
    // Output that doubles is cut off.
    driver.run("a=xxxxxxxxxxxxxxxx; for i in $(seq 1 40); do a=$a$a; done; echo ${#a}");
    assert!(driver.error.contains("too long"), "{}", driver.error);
    driver.run("echo {1..100}{1..100}{1..100} | wc -w");
}

/// Text of what shells and the CLI give a meaning to.
fn tangle() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "aws ",
        "sqs ",
        "send-message ",
        "receive-message ",
        "list-queues ",
        "create-queue ",
        "--queue-url ",
        "q ",
        "--message-body ",
        "--attributes ",
        "--entries ",
        "--query ",
        "--output ",
        "table ",
        "text ",
        "--max-items ",
        "a=b",
        "{",
        "}",
        "[",
        "]",
        ",",
        "=",
        "@=",
        "file://",
        "'",
        "\"",
        "\\",
        "`",
        "$(",
        ")",
        "(",
        "$((",
        "))",
        "${",
        "$a",
        "#",
        "##",
        "%",
        ";",
        "&&",
        "||",
        "|",
        "&",
        ">",
        "<",
        "<<EOF",
        "EOF",
        "\n",
        " ",
        "for i in ",
        "do ",
        "done",
        "while ",
        "if ",
        "then ",
        "fi",
        "echo ",
        "seq 3",
        "sleep 1",
        "1",
        "-1",
        "é",
        "🎉",
        "\u{0}",
        "\t",
        "*",
        "{1..9}",
        "read x",
        "break",
        "exit",
        "help",
        "configure",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in tangle(), cursor in 0_usize..200) {
        let mut driver = driver();
        driver.shell.submit(&text).expect("short enough");
        // Endless loops are cut off here.
        for _ in 0..300 {
            match driver.shell.next() {
                Step::Call(_) => {
                    driver.shell.answer(Err(sqs_playground::sqs::Error::new(
                        sqs_playground::sqs::ErrorCode::QueueDoesNotExist,
                        "no",
                    )));
                }
                Step::Sleep { .. } => driver.shell.woken(),
                Step::Ask { .. } => driver.shell.submit("answer").expect("short enough"),
                Step::Waiting | Step::Prompt { .. } => break,
                Step::Typed { .. } | Step::Print { .. } | Step::Clear | Step::Again => {}
            }
        }
        driver.shell.complete(&text, cursor, &["http://h/1/q".to_owned()]);
        driver.shell.interrupt();
    }

    #[test]
    fn what_is_quoted_comes_through(text in "[^\r\0]{0,40}") {
        let mut driver = driver();
        let quoted = text.replace('\'', r"'\''");
        prop_assert_eq!(driver.run(&format!("printf %s '{quoted}'")), text.as_str());
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$").replace('`', "\\`");
        prop_assert_eq!(driver.run(&format!("a=\"{escaped}\"; printf %s \"$a\"")), text);
    }
}
