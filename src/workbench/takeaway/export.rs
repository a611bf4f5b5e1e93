//! The queues and the actors of a run as code.

use yew::html::Scope;
use yew::prelude::*;

use super::{Message, Takeaway};
use crate::share::{Document, actors_of};
use crate::sqs::api::Request;
use crate::timeline::Timeline;
use crate::topology::{
    SourceFile, Topology, aws_cli_script, boto3_code, cloudformation_json, cloudformation_yaml,
    scripts_of, terraform,
};
use crate::ui::widgets::{Icon, choice};
use crate::workbench::settings::select;
use crate::workbench::text::text;

/// The element with the code.
pub(super) const CODE: &str = "takeaway-code";

/// In what the queues are written, or that it is the actors.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Format {
    CloudFormationYaml,
    CloudFormationJson,
    Terraform,
    AwsCli,
    Boto3,
    Actors,
}

/// What there is to take along, and what of it is shown.
pub(super) struct Export {
    topology: Topology,
    scripts: Vec<SourceFile>,
    format: Format,
    files: Vec<SourceFile>,
    chosen: usize,
}

impl Format {
    const ALL: [Self; 6] = [
        Self::CloudFormationYaml,
        Self::CloudFormationJson,
        Self::Terraform,
        Self::AwsCli,
        Self::Boto3,
        Self::Actors,
    ];

    fn label(self) -> String {
        match self {
            Self::CloudFormationYaml => text!("format-cloudformation-yaml"),
            Self::CloudFormationJson => text!("format-cloudformation-json"),
            Self::Terraform => text!("format-terraform"),
            Self::AwsCli => text!("format-cli"),
            Self::Boto3 => text!("format-boto3"),
            Self::Actors => text!("format-actors"),
        }
    }

    /// What it is, in a sentence.
    fn about(self) -> String {
        match self {
            Self::CloudFormationYaml | Self::CloudFormationJson => text!("about-cloudformation"),
            Self::Terraform => text!("about-terraform"),
            Self::AwsCli => text!("about-cli"),
            Self::Boto3 => text!("about-boto3"),
            Self::Actors => text!("about-actors"),
        }
    }

    /// The command that uses a file.
    fn command(self, file: &str, region: &str) -> String {
        match self {
            Self::CloudFormationYaml | Self::CloudFormationJson => format!(
                "aws cloudformation deploy --region {region} --stack-name queues --template-file {file}"
            ),
            Self::Terraform => "terraform init && terraform apply".to_owned(),
            Self::AwsCli => format!("bash {file}"),
            Self::Boto3 => format!("python {file}"),
            // The set-up may be run against what is not AWS just as well: so may the others.
            Self::Actors => format!("AWS_ENDPOINT_URL=http://127.0.0.1:9324 python {file}"),
        }
    }
}

impl Export {
    /// What a run has where its playhead stands.
    pub(super) fn of(document: &Document) -> Self {
        let mut timeline = Timeline::new(document.recording.clone());
        timeline.seek(document.at, usize::MAX);
        let world = timeline.world();
        let topology = Topology::of_world(world);
        let mut config = document.recording.config.clone();
        let sent = std::mem::take(&mut config.set_up).into_iter();
        config.actors = actors_of(world);
        // The queues as they are now, and what was in them at the start.
        config.set_up = topology.calls();
        config.set_up.extend(sent.filter(|request| {
            let is_sent = matches!(
                request,
                Request::SendMessage(_) | Request::SendMessageBatch(_)
            );
            let named = request.queue_named().unwrap_or_default();
            let name = named.rsplit('/').next().unwrap_or_default();
            is_sent && topology.queues().iter().any(|queue| queue.name() == name)
        }));
        let mut export = Self {
            scripts: if config.actors.is_empty() {
                Vec::new()
            } else {
                scripts_of(&config)
            },
            topology,
            format: Format::CloudFormationYaml,
            files: Vec::new(),
            chosen: 0,
        };
        export.choose(0);
        export
    }

    pub(super) fn topology(&self) -> &Topology {
        &self.topology
    }

    /// Shows the format at a place.
    pub(super) fn choose(&mut self, place: usize) {
        self.format = Format::ALL[place.min(Format::ALL.len() - 1)];
        self.chosen = 0;
        let file = |name: &str, text: String| SourceFile {
            name: name.to_owned(),
            text,
        };
        let topology = &self.topology;
        self.files = match self.format {
            Format::Actors => self.scripts.clone(),
            _ if topology.queues().is_empty() => Vec::new(),
            Format::CloudFormationYaml => {
                vec![file("queues.yaml", cloudformation_yaml(topology))]
            }
            Format::CloudFormationJson => {
                vec![file("queues.json", cloudformation_json(topology))]
            }
            Format::Terraform => vec![file("main.tf", terraform(topology))],
            Format::AwsCli => vec![file("create_queues.sh", aws_cli_script(topology))],
            Format::Boto3 => vec![file("create_queues.py", boto3_code(topology))],
        };
    }

    /// Shows the file at a place.
    pub(super) fn choose_file(&mut self, place: usize) {
        self.chosen = place;
    }

    /// The file that is shown.
    pub(super) fn file(&self) -> Option<&SourceFile> {
        self.files.get(self.chosen)
    }

    pub(super) fn view(&self, is_copied: bool, link: &Scope<Takeaway>) -> Html {
        let labels = Format::ALL.map(Format::label);
        let place = Format::ALL.iter().position(|it| *it == self.format);
        let pick = link.callback(Message::Format);
        let content = match self.file() {
            Some(file) => self.view_file(file, is_copied, link),
            None if self.format == Format::Actors => {
                html! { <p class="takeaway-empty">{ text!("takeaway-no-actors") }</p> }
            }
            None => html! { <p class="takeaway-empty">{ text!("takeaway-no-queues") }</p> },
        };
        html! {
            <>
                <p class="note">{ text!("takeaway-out-text") }</p>
                { choice(&text!("takeaway-format"), &labels, place.unwrap_or(0), &pick) }
                { content }
            </>
        }
    }

    fn view_file(&self, file: &SourceFile, is_copied: bool, link: &Scope<Takeaway>) -> Html {
        let (copy, save) = (link.clone(), link.clone());
        let choose = link.callback(Message::File);
        let names: Vec<String> = self.files.iter().map(|file| file.name.clone()).collect();
        html! {
            <>
                <p class="takeaway-about">{ self.format.about() }</p>
                if names.len() > 1 {
                    { select("takeaway-file", text!("takeaway-file"), &names, self.chosen, move |place| {
                        choose.emit(place);
                    }) }
                }
                <section class="code" aria-labelledby="takeaway-file-name">
                    <header>
                        <h3 id="takeaway-file-name">{ &file.name }</h3>
                        <button type="button" class="button small"
                            onclick={move |_: MouseEvent| copy.send_message(Message::Copy)}>
                            { if is_copied { Icon::Check.show() } else { Icon::Copy.show() } }
                            <span aria-live="polite">
                                { if is_copied { text!("copied") } else { text!("copy") } }
                            </span>
                        </button>
                        <button type="button" class="button small"
                            onclick={move |_: MouseEvent| save.send_message(Message::Save)}>
                            { Icon::Hand.show() }{ text!("takeaway-save") }
                        </button>
                    </header>
                    <pre id={CODE} tabindex="0">{ &file.text }</pre>
                </section>
                <p class="takeaway-run">
                    <span class="note">{ text!("takeaway-run") }</span>
                    <code>{ self.format.command(&file.name, self.topology.region()) }</code>
                </p>
            </>
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sim::Time;
    use crate::sqs::api::CreateQueueRequest;
    use crate::timeline::Recording;
    use crate::world::{Config, Input, InputKind};

    /// A world in which these queues were made by hand, and stands at the last of them.
    fn made(names: &[&str]) -> Document {
        let config = Config::new(1);
        let start = config.start;
        let mut recording = Recording::new(config);
        for name in names {
            let create = CreateQueueRequest {
                queue_name: Some((*name).to_owned()),
                ..Default::default()
            };
            recording.inputs.push(Input {
                at: start,
                kind: InputKind::Call(Arc::new(Request::from(create))),
            });
        }
        Document {
            at: Time::from_ms(start.as_ms() + 1000),
            ..Document::new(recording)
        }
    }

    #[test]
    fn each_format_names_each_queue() {
        let mut export = Export::of(&made(&["jobs", "more"]));
        for (place, format) in Format::ALL.into_iter().enumerate() {
            export.choose(place);
            if format == Format::Actors {
                assert_eq!(export.file(), None, "there are none");
                continue;
            }
            let file = export.file().expect("there are queues");
            for name in ["jobs", "more"] {
                assert!(file.text.contains(name), "{format:?} {name}");
            }
        }
    }

    #[test]
    fn an_empty_world_has_no_files() {
        let mut export = Export::of(&made(&[]));
        for place in 0..Format::ALL.len() {
            export.choose(place);
            assert_eq!(export.file(), None, "{place}");
        }
    }

    #[test]
    fn the_set_up_of_the_actors_makes_the_queues_as_they_are_now() {
        let library = crate::scenario::library();
        let scenario = library.into_iter().next().expect("there are scenarios");
        let mut document = Document::of_scenario(scenario);
        let more = made(&["by-hand"]).recording.inputs;
        document.recording.inputs = more
            .into_iter()
            .map(|input| Input {
                at: document.recording.config.start,
                ..input
            })
            .collect();
        let mut export = Export::of(&document);
        export.choose(Format::ALL.len() - 1);
        let file = export.file().expect("it has actors");
        assert_eq!(file.name, "set_up.py");
        assert!(file.text.contains("by-hand"), "{}", file.text);
        assert!(export.files.len() > 1);
    }
}
