//! `TagQueue`, `UntagQueue`, `ListQueueTags`.

use crate::sqs::api::{
    ListQueueTagsRequest, ListQueueTagsResponse, TagQueueRequest, TagQueueResponse,
    UntagQueueRequest, UntagQueueResponse,
};
use crate::sqs::tags::check_tags;
use crate::sqs::{Error, Service};

impl Service {
    pub(in crate::sqs) fn tag_queue(
        &mut self,
        request: &TagQueueRequest,
    ) -> Result<TagQueueResponse, Error> {
        let id = self.resolve(request.queue_url.as_ref())?;
        if request.tags.is_empty() {
            return Err(Error::missing("Tags"));
        }
        let queue = &self.queues[id];
        check_tags(queue.name(), queue.tags(), &request.tags)?;
        let tags = request.tags.clone();
        self.queues.update(id, |queue| queue.tags.extend(tags));
        Ok(TagQueueResponse {})
    }

    /// Keys that the queue does not have are ignored `[A]`.
    pub(in crate::sqs) fn untag_queue(
        &mut self,
        request: &UntagQueueRequest,
    ) -> Result<UntagQueueResponse, Error> {
        let id = self.resolve(request.queue_url.as_ref())?;
        if request.tag_keys.is_empty() {
            return Err(Error::missing("TagKeys"));
        }
        self.queues.update(id, |queue| {
            for key in &request.tag_keys {
                queue.tags.remove(key);
            }
        });
        Ok(UntagQueueResponse {})
    }

    pub(in crate::sqs) fn list_queue_tags(
        &self,
        request: &ListQueueTagsRequest,
    ) -> Result<ListQueueTagsResponse, Error> {
        let queue = &self.queues[self.resolve(request.queue_url.as_ref())?];
        Ok(ListQueueTagsResponse {
            tags: queue.tags().clone(),
        })
    }
}
