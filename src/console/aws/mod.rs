//! The AWS CLI: its command lines, its calls, its outputs and complaints.
//!
//! What it does is that of version 1, which Python's registry has and the tests run; options of version 2 are accepted
//! too, and binary values are base64, as version 2 wants them.

mod arguments;
mod candidates;
mod configure;
mod help;
mod matches;
mod model;
mod options;
mod output;
mod paginate;
mod python;
mod query;
mod read;
mod shorthand;
mod skeleton;
mod table;
mod validate;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use self::arguments::{Parsed, WordSpec};
use self::model::{Kind, OPERATIONS, Operation};
use self::paginate::Pages;
use self::query::Query;
use self::skeleton::Filling;
use self::validate::Parameter;
pub(super) use candidates::candidates;

use super::Stream;
use super::host::Host;
use super::shell::Streams;
use crate::json::{self, AsMember, Json, Member};
use crate::sqs::api::{Request, Response};
use crate::wire;

const VERSION: &str = "aws-cli/1.46.2 Python/3.13.0 (SQS Playground) botocore/1.44.5\n";

const USAGE: &str = "\
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
";

/// Why a command line did not end well.
enum Failure {
    /// The arguments cannot be taken apart.
    Usage(String),
    /// There are options that nobody knows.
    Unknown(Vec<String>),
    /// Anything else.
    Other(String),
}

impl Failure {
    fn print(&self, host: &Host, streams: &Streams) -> u8 {
        match self {
            Self::Usage(problem) => usage(host, streams, problem),
            Self::Unknown(rest) => {
                let rest = rest.join(", ");
                streams.error(host, &format!("\n{USAGE}\nUnknown options: {rest}\n"));
                255
            }
            Self::Other(problem) => {
                streams.error(host, &format!("\n{problem}\n"));
                255
            }
        }
    }
}

/// Complains as the CLI does about arguments.
fn usage(host: &Host, streams: &Streams, problem: &str) -> u8 {
    streams.error(host, &format!("\n{USAGE}aws: error: {problem}\n"));
    2
}

/// What holds for the whole command line.
struct Globals {
    output: String,
    query: Option<Query>,
    pages: bool,
    raw_binary: bool,
}

/// Runs `aws` with these arguments, and returns its status.
pub(super) async fn run(host: &Host, streams: &Streams, arguments: &[String]) -> u8 {
    match main(host, streams, arguments).await {
        Ok(status) => status,
        Err(failure) => failure.print(host, streams),
    }
}

async fn main(host: &Host, streams: &Streams, arguments: &[String]) -> Result<u8, Failure> {
    let options = options::global();
    if arguments.first().is_some_and(|first| first == "--version") {
        streams.output(host, VERSION);
        return Ok(0);
    }
    let word = WordSpec {
        name: "command",
        is_required: true,
        choices: ["sqs", "sts", "configure", "help"]
            .map(str::to_owned)
            .to_vec(),
    };
    let parsed = arguments::parse(arguments, &options, &word).map_err(|problem| {
        if problem.starts_with("argument command: ") {
            host.print(
                Stream::Note,
                "The playground has Amazon SQS only, none of AWS's other services.\n",
            );
        }
        Failure::Usage(problem)
    })?;
    if parsed.has("--version") {
        streams.output(host, VERSION);
        return Ok(0);
    }
    let globals = globals(host, &parsed)?;
    note_region(host, &parsed);
    match parsed.word.as_deref() {
        Some("configure") => {
            let profile = parsed.value("--profile");
            Ok(Box::pin(configure::run(host, streams, &parsed.rest, profile)).await)
        }
        Some("sts") => identity(host, streams, &parsed.rest, &globals),
        Some("help") | None => {
            streams.output(host, help::AWS);
            Ok(0)
        }
        Some(_) => service(host, streams, &parsed.rest, globals).await,
    }
}

fn globals(host: &Host, parsed: &Parsed) -> Result<Globals, Failure> {
    let query = parsed.value("--query").map(Query::compile).transpose();
    let query = query.map_err(Failure::Other)?;
    if let Some(url) = parsed.value("--endpoint-url") {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        if scheme.is_empty() || !scheme.chars().all(is_scheme) {
            return Err(Failure::Other(format!(
                "Bad value for --endpoint-url \"{url}\": scheme is missing.  Must be of the form \
                 http://<hostname>/ or https://<hostname>/"
            )));
        }
    }
    for name in ["--cli-read-timeout", "--cli-connect-timeout"] {
        if let Some(value) = parsed.value(name)
            && python::integer(value).is_none()
        {
            return Err(Failure::Other(python::no_integer(value)));
        }
    }
    let state = host.state();
    let profile = configure::profile(&state, parsed.value("--profile"));
    let output = parsed.value("--output").map(str::to_owned);
    let output = output
        .or_else(|| state.variable("AWS_DEFAULT_OUTPUT").map(str::to_owned))
        .or_else(|| configure::setting(&state, &profile, "output"));
    let format = parsed.value("--cli-binary-format").map(str::to_owned);
    let format = format.or_else(|| configure::setting(&state, &profile, "cli_binary_format"));
    Ok(Globals {
        output: output.unwrap_or_else(|| "json".to_owned()),
        query,
        pages: !parsed.has("--no-paginate"),
        raw_binary: format.as_deref() == Some("raw-in-base64-out"),
    })
}

/// Says once that another region is no other place here.
fn note_region(host: &Host, parsed: &Parsed) {
    let mut state = host.state();
    let profile = configure::profile(&state, parsed.value("--profile"));
    let named = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter();
    let region = parsed.value("--region").map(str::to_owned);
    let region = region
        .or_else(|| {
            named
                .into_iter()
                .find_map(|name| state.variable(name).map(str::to_owned))
        })
        .or_else(|| configure::setting(&state, &profile, "region"));
    if let Some(region) = region
        && region != state.region
        && !state.has_noted_region
        && parsed.word.as_deref() == Some("sqs")
    {
        state.has_noted_region = true;
        let ours = state.region.clone();
        drop(state);
        let note =
            format!("The playground has one region, {ours}; what is in {region} is the same.\n");
        host.print(Stream::Note, &note);
    }
}

fn identity(
    host: &Host,
    streams: &Streams,
    words: &[String],
    globals: &Globals,
) -> Result<u8, Failure> {
    if words.len() != 1 || words[0] != "get-caller-identity" {
        return Err(Failure::Usage(
            "argument operation: of this service, the playground has get-caller-identity only"
                .to_owned(),
        ));
    }
    let members = who_you_are(&host.state().account);
    let members = members.map(|(name, value)| (name.to_owned(), Json::Text(value)));
    let answer = Json::Object(members.into());
    show(host, streams, globals, "GetCallerIdentity", answer)
}

/// What `GetCallerIdentity` says in this account, in AWS's order.
pub fn who_you_are(account: &str) -> [(&'static str, String); 3] {
    [
        ("UserId", "AIDAPLAYGROUNDEXAMPLE".to_owned()),
        ("Account", account.to_owned()),
        ("Arn", format!("arn:aws:iam::{account}:user/you")),
    ]
}

async fn service(
    host: &Host,
    streams: &Streams,
    arguments: &[String],
    globals: Globals,
) -> Result<u8, Failure> {
    let mut choices: Vec<String> = OPERATIONS.iter().map(Operation::command).collect();
    choices.push("help".to_owned());
    let word = WordSpec {
        name: "operation",
        is_required: true,
        choices,
    };
    let parsed = arguments::parse(arguments, &[], &word).map_err(Failure::Usage)?;
    let command = parsed.word.unwrap_or_default();
    match Operation::find(&command) {
        Some(found) => operation(host, streams, found, &parsed.rest, globals).await,
        None => {
            streams.output(host, &help::service());
            Ok(0)
        }
    }
}

async fn operation(
    host: &Host,
    streams: &Streams,
    operation: &'static Operation,
    arguments: &[String],
    mut globals: Globals,
) -> Result<u8, Failure> {
    if arguments.len() == 1 && arguments[0] == "help" {
        streams.output(host, &help::operation(operation));
        return Ok(0);
    }
    let has = |name: &str| arguments.iter().position(|argument| argument == name);
    let skeleton_at = has("--generate-cli-skeleton");
    let wants_output = skeleton_at
        .and_then(|at| arguments.get(at + 1))
        .is_some_and(|it| it == "output");
    let is_lenient = has("--cli-input-json").is_some() || skeleton_at.is_some() && !wants_output;
    let word = WordSpec {
        name: "help",
        is_required: false,
        choices: Vec::new(),
    };
    let specs = options::of(operation, is_lenient);
    let mut parsed = arguments::parse(arguments, &specs, &word).map_err(Failure::Usage)?;
    match parsed.word.take() {
        Some(word) if word == "help" => {
            streams.output(host, &help::operation(operation));
            return Ok(0);
        }
        word => parsed.rest.extend(word),
    }
    if !parsed.rest.is_empty() {
        return Err(Failure::Unknown(parsed.rest));
    }
    check_paging(operation, &parsed, &mut globals)?;
    let unpacked = options::parameters(operation, &parsed, &host.state());
    let mut parameters = unpacked.map_err(Failure::Other)?;
    if operation.paged.is_some()
        && let Some(count) = parsed.value("--max-items").and_then(python::integer)
        && (count == "0" || count.starts_with('-'))
    {
        let warning =
            "warning: Non-positive values for --max-items may result in undefined behavior.\n";
        streams.error(host, warning);
    }
    add_input(host, &parsed, &mut parameters)?;
    match parsed.value("--generate-cli-skeleton") {
        Some("output") => {
            check(operation, &mut parameters, &globals)?;
            let answer = skeleton::skeleton(&operation.output, Filling::Names);
            return show(host, streams, &globals, operation.name, answer);
        }
        Some(_) => {
            let input = skeleton::skeleton(&operation.input, Filling::Blank);
            streams.output(host, &output::json(&input));
            return Ok(0);
        }
        None => {}
    }
    match operation.paged {
        Some(key) if globals.pages => {
            let pages = Pages::new(key, &parsed);
            paginated(host, streams, operation, parameters, globals, pages).await
        }
        _ => {
            let answer = call(host, operation, &mut parameters, &globals).await?;
            show(host, streams, &globals, operation.name, answer)
        }
    }
}

/// The service's own paging turns the CLI's off, and both together are refused.
fn check_paging(
    operation: &Operation,
    parsed: &Parsed,
    globals: &mut Globals,
) -> Result<(), Failure> {
    if operation.paged.is_none() {
        return Ok(());
    }
    if parsed.has("--next-token") || parsed.has("--max-results") {
        globals.pages = false;
    }
    if globals.pages {
        return Ok(());
    }
    let is_set = |name: &&&str| {
        parsed.value(name).is_some_and(|value| {
            let number = python::integer(value);
            !value.is_empty() && (**name == "--starting-token" || number.as_deref() != Some("0"))
        })
    };
    let both = ["--starting-token", "--page-size", "--max-items"];
    let both: Vec<&str> = both.iter().filter(is_set).copied().collect();
    if both.is_empty() {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "Error during pagination: Cannot specify --no-paginate along with pagination arguments: {}",
        both.join(", ")
    )))
}

/// Adds what `--cli-input-json` has, where no option says otherwise.
fn add_input(host: &Host, parsed: &Parsed, parameters: &mut Vec<Parameter>) -> Result<(), Failure> {
    let Some(text) = parsed.value("--cli-input-json") else {
        return Ok(());
    };
    let path = text
        .strip_prefix("file://")
        .or_else(|| text.strip_prefix("fileb://"));
    let text = match path {
        Some(path) => match host.state().file(path) {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => {
                let problem = options::no_such_file(text, path);
                return Err(Failure::Other(format!(
                    "Error parsing parameter '--cli-input-json': {problem}"
                )));
            }
        },
        None => text.to_owned(),
    };
    let input = read::read(&text).map_err(|problem| {
        Failure::Other(format!(
            "Error parsing parameter 'cli-input-json': Invalid JSON: {problem}\nJSON received: {text}"
        ))
    })?;
    let Json::Object(members) = input else {
        let name = python::type_name(&input, false);
        let name = name.trim_start_matches("<class ").trim_end_matches('>');
        return Err(Failure::Other(format!(
            "{name} object has no attribute 'keys'"
        )));
    };
    for (name, value) in members {
        if !parameters.iter().any(|(other, _, _)| *other == name) {
            parameters.push((name, value, false));
        }
    }
    Ok(())
}

/// Checks the parameters, and encodes what is binary.
fn check(
    operation: &'static Operation,
    parameters: &mut [Parameter],
    globals: &Globals,
) -> Result<(), Failure> {
    validate::validate(parameters, &operation.input).map_err(Failure::Other)?;
    for (name, value, _) in parameters.iter_mut() {
        if let Some(member) = operation.input.member(name) {
            encode_blobs(value, member.kind, globals.raw_binary).map_err(Failure::Other)?;
        }
    }
    Ok(())
}

/// The request that parameters make, or why the service cannot read it.
fn request(operation: &Operation, parameters: &[Parameter]) -> Result<Request, crate::sqs::Error> {
    let body = Json::Object(
        parameters
            .iter()
            .map(|(name, value, _)| (name.clone(), value.clone()))
            .collect(),
    );
    let target = format!("AmazonSQS.{}", operation.name);
    let decoded = wire::decode(&wire::HttpRequest {
        method: "POST",
        path: "/",
        query: "",
        headers: &[
            ("x-amz-target", &target),
            ("content-type", "application/x-amz-json-1.0"),
        ],
        body: json::compact(&body.member()).as_bytes(),
    });
    decoded
        .map(|decoded| decoded.request)
        .map_err(|refusal| refusal.error)
}

/// Binary values are base64 already, unless they are to be encoded here.
fn encode_blobs(value: &mut Json, kind: Kind, is_raw: bool) -> Result<(), String> {
    match (kind, value) {
        (Kind::Blob, Json::Text(text)) => {
            if is_raw {
                *text = STANDARD.encode(&*text);
            } else if STANDARD.decode(&*text).is_err() {
                return Err(format!("Invalid base64: \"{text}\""));
            }
        }
        (Kind::List(element) | Kind::Map(element), Json::List(values)) => {
            for value in values {
                encode_blobs(value, *element, is_raw)?;
            }
        }
        (Kind::Map(element), Json::Object(members)) => {
            for (_, value) in members {
                encode_blobs(value, *element, is_raw)?;
            }
        }
        (Kind::Structure(structure), Json::Object(members)) => {
            for (name, value) in members {
                if let Some(member) = structure.member(name) {
                    encode_blobs(value, member.kind, is_raw)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

async fn call(
    host: &Host,
    operation: &'static Operation,
    parameters: &mut [Parameter],
    globals: &Globals,
) -> Result<Json, Failure> {
    check(operation, parameters, globals)?;
    let result = match request(operation, parameters) {
        Ok(request) => host.call(request).await,
        Err(error) => Err(error),
    };
    let response: Response =
        result.map_err(|error| Failure::Other(crate::cli::aws_error(operation.name, &error)))?;
    let text = json::compact(&Member::Shape(response.shape()));
    let answer = json::parse(&text).expect("what was just written is JSON");
    let kind = Kind::Structure(&operation.output);
    Ok(in_order(answer, kind))
}

/// A value whose members stand in the model's order.
fn in_order(value: Json, kind: Kind) -> Json {
    match (kind, value) {
        (Kind::Structure(structure), Json::Object(mut members)) => {
            let mut ordered = Vec::new();
            for member in structure.members {
                if let Some(at) = members.iter().position(|(name, _)| name == member.name) {
                    let (name, value) = members.remove(at);
                    ordered.push((name, in_order(value, member.kind)));
                }
            }
            Json::Object(ordered)
        }
        (Kind::List(element), Json::List(values)) => Json::List(
            values
                .into_iter()
                .map(|value| in_order(value, *element))
                .collect(),
        ),
        (Kind::Map(element), Json::Object(members)) => {
            let ordered = members.into_iter();
            Json::Object(
                ordered
                    .map(|(name, value)| (name, in_order(value, *element)))
                    .collect(),
            )
        }
        (_, value) => value,
    }
}

fn show(
    host: &Host,
    streams: &Streams,
    globals: &Globals,
    title: &str,
    mut answer: Json,
) -> Result<u8, Failure> {
    if let Some(query) = &globals.query {
        answer = query.search(&answer).map_err(Failure::Other)?;
    }
    let text = match globals.output.as_str() {
        "json" => output::json(&answer),
        "text" => output::text(&answer),
        "table" => table::table(title, &answer).map_err(Failure::Other)?,
        "yaml" | "yaml-stream" => output::yaml(&answer),
        other => return Err(Failure::Other(format!("Unknown output type: {other}"))),
    };
    streams.output(host, &text);
    Ok(0)
}

async fn paginated(
    host: &Host,
    streams: &Streams,
    operation: &'static Operation,
    mut parameters: Vec<Parameter>,
    globals: Globals,
    mut pages: Pages,
) -> Result<u8, Failure> {
    let key = operation.paged.unwrap_or_default();
    let as_text = globals.output == "text";
    let object = |name: &str, value: Json| Json::Object(vec![(name.to_owned(), value)]);
    let mut whole: Option<Vec<Json>> = None;
    loop {
        pages.ask(&mut parameters);
        let page = call(host, operation, &mut parameters, &globals).await?;
        let (values, is_more) = pages.take(&page);
        if as_text {
            let shown = object(key, values.unwrap_or(Json::Null));
            show(host, streams, &globals, operation.name, shown)?;
        } else if let Some(Json::List(values)) = values {
            whole.get_or_insert_default().extend(values);
        }
        if !is_more {
            break;
        }
        parameters.retain(|(name, _, _)| name != "NextToken");
    }
    let token = pages.resume().map(|token| Json::Text(token.to_owned()));
    if as_text {
        if let Some(token) = token {
            let next = object("NextToken", object("NextToken", token));
            show(host, streams, &globals, operation.name, next)?;
        }
        return Ok(0);
    }
    let mut members = Vec::new();
    members.extend(whole.map(|values| (key.to_owned(), Json::List(values))));
    members.extend(token.map(|token| ("NextToken".to_owned(), token)));
    show(
        host,
        streams,
        &globals,
        operation.name,
        Json::Object(members),
    )
}
