//! `ListQueues`, `ListDeadLetterSourceQueues`: pages of queue URLs.

use std::sync::Arc;

use crate::sqs::api::{
    ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResponse, ListQueuesRequest,
    ListQueuesResponse,
};
use crate::sqs::{Error, ErrorCode, Service, base64};

/// URLs in one answer `[D]`.
const PAGE_MAX: usize = 1000;

/// Which part of a list is wanted. Lists are in the order of the names `[I]`; a token is the last
/// name of the page before.
struct Page {
    max: Option<usize>,
    after: Option<String>,
}

impl Service {
    pub(in crate::sqs) fn list_queues(
        &self,
        request: &ListQueuesRequest,
    ) -> Result<ListQueuesResponse, Error> {
        let prefix = request.queue_name_prefix.as_deref().unwrap_or_default();
        let page = Page::parse(request.max_results, request.next_token.as_deref(), prefix)?;
        let names = self
            .queues
            .names_from(page.start(prefix))
            .take_while(|name| name.starts_with(prefix));
        let (names, next_token) = page.cut(names);
        Ok(ListQueuesResponse {
            queue_urls: self.urls(&names),
            next_token,
        })
    }

    pub(in crate::sqs) fn list_dead_letter_source_queues(
        &self,
        request: &ListDeadLetterSourceQueuesRequest,
    ) -> Result<ListDeadLetterSourceQueuesResponse, Error> {
        let id = self.resolve(request.queue_url.as_ref())?;
        let page = Page::parse(request.max_results, request.next_token.as_deref(), "")?;
        let is_source = |name: &&Arc<str>| {
            let queue = self.queues.named(name);
            queue.is_some_and(|queue| queue.dead_letter_queue() == Some(id))
        };
        let (names, next_token) =
            page.cut(self.queues.names_from(page.start("")).filter(is_source));
        Ok(ListDeadLetterSourceQueuesResponse {
            queue_urls: self.urls(&names),
            next_token,
        })
    }

    fn urls(&self, names: &[&Arc<str>]) -> Vec<String> {
        names.iter().map(|name| self.queue_url(name)).collect()
    }
}

impl Page {
    /// Reads the parameters, for a list of names with this prefix.
    ///
    /// # Errors
    /// `InvalidParameterValue` `[T]`.
    fn parse(max_results: Option<i64>, token: Option<&str>, prefix: &str) -> Result<Self, Error> {
        let refused = |text: &str| Error::new(ErrorCode::InvalidParameterValue, text);
        let out_of_range = || {
            refused(
                "Value for parameter MaxResults is invalid. \
                 Reason: MaxResults must be an integer between 1 and 1000.",
            )
        };
        let in_range = |max: i64| {
            usize::try_from(max)
                .ok()
                .filter(|max| (1..=PAGE_MAX).contains(max))
        };
        let max = max_results
            .map(|max| in_range(max).ok_or_else(out_of_range))
            .transpose()?;
        let after = match (token, max) {
            (None, _) => None,
            (Some(_), None) => {
                return Err(refused(
                    "MaxResults is a mandatory parameter when you provide a value for NextToken.",
                ));
            }
            (Some(token), Some(_)) => match last_name_of(token) {
                None => return Err(refused("Invalid NextToken value.")),
                Some(name) if !name.starts_with(prefix) => {
                    return Err(refused(
                        "Invalid NextToken value. If you are passing in NextToken, you must not \
                         change the other request parameters.",
                    ));
                }
                Some(name) => Some(name),
            },
        };
        Ok(Self { max, after })
    }

    /// From which name on to look.
    fn start<'a>(&'a self, prefix: &'a str) -> &'a str {
        self.after.as_deref().unwrap_or(prefix)
    }

    /// The names of the page, and the token of the next one. There is no token if no maximum was
    /// asked for `[D]`.
    fn cut<'a>(
        &self,
        names: impl Iterator<Item = &'a Arc<str>>,
    ) -> (Vec<&'a Arc<str>>, Option<String>) {
        let mut names = names
            .filter(|name| self.after.as_deref() != Some(name))
            .peekable();
        let page: Vec<_> = names.by_ref().take(self.max.unwrap_or(PAGE_MAX)).collect();
        let has_more = self.max.is_some() && names.peek().is_some();
        let last = page.last().filter(|_| has_more);
        let next_token = last.map(|name| base64::encode(name.as_bytes()));
        (page, next_token)
    }
}

fn last_name_of(token: &str) -> Option<String> {
    String::from_utf8(base64::decode(token)?).ok()
}
