-- wrk: SendMessage, or SendMessageBatch of ten if BATCH is set.
local body = '{"QueueUrl":"' .. os.getenv("QUEUE_URL") .. '",'
local action = "SendMessage"
if os.getenv("BATCH") then
  action = "SendMessageBatch"
  local entries = {}
  for i = 1, 10 do
    entries[i] = '{"Id":"' .. i .. '","MessageBody":"a message of a load test, of some sixty bytes and more"}'
  end
  body = body .. '"Entries":[' .. table.concat(entries, ",") .. "]}"
else
  body = body .. '"MessageBody":"a message of a load test, of some sixty bytes and more"}'
end

wrk.method = "POST"
wrk.headers["X-Amz-Target"] = "AmazonSQS." .. action
wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
wrk.body = body
