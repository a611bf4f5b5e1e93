//! What the bridge can be asked for scripts: what one says, and what there is to tell it.
//!
//! None of it tells those who listen to the session, as a script calls many times a frame: the next frame does, also
//! while time stands. HTTP is the workbench's business: requests and answers cross as the service has them.

use super::{NOTHING, Question, result_members};
use crate::json::{self, AsMember, Member};
use crate::sim::Time;
use crate::sqs::api::{Caller, Request};
use crate::ui::session::{News, Session, Told};
use crate::ui::store::Store;
use crate::world::{Ending, SourceLine};

impl Question {
    pub(super) fn script(mut self, what: &str, store: &Store) -> Result<String, String> {
        if what == "news" {
            let news = store.change(Session::take_script_news);
            return Ok(told(&news));
        }
        store.tell_soon();
        if what == "start" {
            let name = self.text("name")?;
            let caller = store.change(|session| session.start_script(&name));
            let caller = caller.map_err(|error| error.to_string())?;
            return Ok(caller.0.to_string());
        }
        let caller = Caller(self.number("caller")?);
        let refused = match what {
            "call" => self.script_call(caller, store)?,
            "sleep" => {
                let (token, until) = (self.number("token")?, self.number("until")?);
                let until = Time::from_ms(until);
                store.change(|session| session.script_sleep(caller, token, until).err())
            }
            "round-trip" => {
                let token = self.number("token")?;
                store.change(|session| session.script_round_trip(caller, token).err())
            }
            "give-up" => {
                let token = self.number("token")?;
                store.change(|session| session.script_give_up(caller, token));
                None
            }
            "quiet" => {
                store.change(|session| session.script_is_quiet(caller));
                None
            }
            "goes-on" => {
                store.change(|session| session.script_goes_on(caller));
                None
            }
            "end" => {
                let (how, why) = (self.text("how")?, self.text("why")?);
                let how = match &*how {
                    "finished" => Ending::Finished,
                    "failed" => Ending::Failed,
                    _ => Ending::Killed,
                };
                store.change(|session| session.script_end(caller, how, &why));
                None
            }
            _ => return Err("scripts are not asked that".to_owned()),
        };
        refused.map_or_else(|| Ok(NOTHING), |error| Err(error.to_string()))
    }

    fn script_call(
        &mut self,
        caller: Caller,
        store: &Store,
    ) -> Result<Option<crate::ui::session::ScriptError>, String> {
        let token = self.number("token")?;
        let mut request = Request::default();
        let asked = self.take("call")?;
        json::fill(request.place(), asked).map_err(|misfit| misfit.to_string())?;
        let timeout = self.number("timeout").ok();
        let line = self.number("line").ok().map(|line| SourceLine {
            file: self.text("file").ok(),
            line,
        });
        let made =
            store.change(|session| session.script_call(caller, token, request, timeout, line));
        Ok(made.err())
    }
}

/// The news as JSON.
fn told(news: &[News]) -> String {
    json::compact(&Member::List(news.iter().map(member).collect()))
}

fn member(news: &News) -> Member<'_> {
    let mut members = vec![
        ("caller", Member::Natural(news.caller.0.into())),
        ("at", Member::Natural(news.at.as_ms())),
    ];
    let (what, token) = match &news.told {
        Told::Start => ("start", None),
        Told::Wake { token } => ("wake", Some(token)),
        Told::Reply {
            token,
            call,
            result,
        } => {
            members.push(("call", Member::Natural(call.0)));
            let action = result.as_ref().as_ref().map(|response| response.action());
            members.push(("action", Member::Text(action.unwrap_or_default())));
            members.push(result_members(result));
            ("reply", Some(token))
        }
        Told::Timeout { token } => ("timeout", Some(token)),
        Told::Stuck => ("stuck", None),
        Told::End => ("end", None),
    };
    members.push(("told", Member::Text(what)));
    if let Some(token) = token {
        members.push(("token", Member::Natural(*token)));
    }
    Member::Map(members)
}
