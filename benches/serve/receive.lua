-- wrk: ReceiveMessage of ten, then DeleteMessageBatch of what came. Prints the messages deleted a second.
local url = '{"QueueUrl":"' .. os.getenv("QUEUE_URL") .. '",'
local headers = { ["Content-Type"] = "application/x-amz-json-1.0" }
local threads = {}
local received = {} -- batches of receipt handles that are to be deleted
deleted = 0

local function call(action, body)
  headers["X-Amz-Target"] = "AmazonSQS." .. action
  return wrk.format("POST", "/", headers, body)
end

function setup(thread)
  table.insert(threads, thread)
end

local receive

function request()
  local handles = table.remove(received)
  if handles == nil then
    receive = receive or call("ReceiveMessage", url .. '"MaxNumberOfMessages":10}')
    return receive
  end
  deleted = deleted + #handles
  for i, handle in ipairs(handles) do
    handles[i] = '{"Id":"' .. i .. '","ReceiptHandle":"' .. handle .. '"}'
  end
  return call("DeleteMessageBatch", url .. '"Entries":[' .. table.concat(handles, ",") .. "]}")
end

function response(_, _, body)
  local handles = {}
  for handle in body:gmatch('"ReceiptHandle":"([^"]*)"') do
    handles[#handles + 1] = handle
  end
  if #handles > 0 then
    received[#received + 1] = handles
  end
end

function done(summary)
  local sum = 0
  for _, thread in ipairs(threads) do
    sum = sum + thread:get("deleted")
  end
  print(string.format("Messages/sec: %.0f", sum * 1000000 / summary.duration))
end
