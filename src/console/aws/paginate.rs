//! Lists, page after page, as one: `--max-items`, `--page-size`, `--starting-token`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::arguments::Parsed;
use super::validate::Parameter;
use super::{python, read};
use crate::json::{self, AsMember, Json};

const TRUNCATED: &str = "boto_truncate_amount";

/// How far a list has got.
pub(super) struct Pages {
    key: &'static str,
    items_max: Option<i64>,
    page_size: Option<String>,
    /// The service's token of the page that comes.
    token: Option<String>,
    /// How many of the first page were shown before.
    skip: usize,
    is_first: bool,
    total: i64,
    /// What would go on after this.
    resume: Option<String>,
}

impl Pages {
    pub(super) fn new(key: &'static str, parsed: &Parsed) -> Self {
        let number = |name: &str| python::integer(parsed.value(name)?);
        let (token, skip) = parsed
            .value("--starting-token")
            .map_or((None, 0), starting_token);
        Self {
            key,
            items_max: number("--max-items").and_then(|digits| digits.parse().ok()),
            page_size: number("--page-size"),
            token,
            skip,
            is_first: true,
            total: 0,
            resume: None,
        }
    }

    /// Puts into the parameters what asks for the page that comes.
    pub(super) fn ask(&self, parameters: &mut Vec<Parameter>) {
        let mut set = |name: &str, value: Option<Json>| {
            if let Some(value) = value {
                parameters.retain(|(other, _, _)| other != name);
                parameters.push((name.to_owned(), value, false));
            }
        };
        set("MaxResults", self.page_size.clone().map(Json::Number));
        let token = self.token.clone().filter(|token| token != "None");
        set("NextToken", token.map(Json::Text));
    }

    /// Takes a page: what of it is shown, and whether another one is needed.
    pub(super) fn take(&mut self, page: &Json) -> (Option<Json>, bool) {
        let mut values = match page.get(self.key) {
            Some(Json::List(values)) => Some(values.clone()),
            _ => None,
        };
        let mut skipped = 0;
        if std::mem::take(&mut self.is_first) && self.skip > 0 {
            skipped = self.skip;
            if let Some(values) = &mut values {
                values.drain(..skipped.min(values.len()));
            }
        }
        let count = i64::try_from(values.as_ref().map_or(0, Vec::len)).unwrap_or(i64::MAX);
        let too_many = self
            .items_max
            .map_or(0, |items_max| self.total + count - items_max);
        if too_many > 0 {
            let mut kept = values.unwrap_or_default();
            let keep = count - too_many;
            // As Python cuts: a negative count leaves that many out at the end.
            let keep_in = if keep < 0 {
                (count + keep).max(0)
            } else {
                keep
            };
            kept.truncate(usize::try_from(keep_in).unwrap_or(0));
            let shown_before = keep + i64::try_from(skipped).unwrap_or(0);
            self.resume = Some(encode(self.token.as_deref(), Some(shown_before)));
            return (Some(Json::List(kept)), false);
        }
        self.total += count;
        let next = page.get("NextToken").and_then(Json::as_text);
        self.token = next.filter(|token| !token.is_empty()).map(str::to_owned);
        let is_more = self.token.is_some();
        let is_full = self.items_max == Some(self.total);
        if is_more && is_full {
            self.resume = Some(encode(self.token.as_deref(), None));
        }
        (values.map(Json::List), is_more && !is_full)
    }

    /// What would go on after this, if anything is left.
    pub(super) fn resume(&self) -> Option<&str> {
        self.resume.as_deref()
    }
}

fn encode(token: Option<&str>, shown: Option<i64>) -> String {
    let token = token.map_or("null".to_owned(), |token| {
        json::compact(&Json::Text(token.to_owned()).member())
    });
    let shown = shown.map_or(String::new(), |shown| format!(", \"{TRUNCATED}\": {shown}"));
    STANDARD.encode(format!("{{\"NextToken\": {token}{shown}}}"))
}

/// The service's token, and how many of its page were shown.
fn starting_token(text: &str) -> (Option<String>, usize) {
    let decoded = STANDARD.decode(text).ok();
    let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some(value) = decoded.and_then(|text| read::read(&text).ok())
        && value.members().is_some()
    {
        let shown = match value.get(TRUNCATED) {
            Some(Json::Number(digits)) => digits.parse().unwrap_or(0),
            _ => 0,
        };
        let token = value.get("NextToken").and_then(Json::as_text);
        return (token.map(str::to_owned), shown);
    }
    let (token, shown) = match text.split_once("___") {
        Some((token, shown)) => match shown.parse() {
            Ok(shown) => (token, shown),
            Err(_) => (text, 0),
        },
        None => (text, 0),
    };
    ((token != "None").then(|| token.to_owned()), shown)
}
