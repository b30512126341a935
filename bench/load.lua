-- Sends ready-made requests over and over; called with
--   FILE    requests, each behind its length in bytes and a line end
--   ORDER   random, or the number of the request to begin with and go on in turn
--   TEXT    optional: answers that hold it are counted as unwanted
-- and prints one line of JSON.

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  local requests = {}
  for line in file:lines() do
    requests[#requests + 1] = file:read(tonumber(line))
  end
  file:close()

  local random = math.random
  next_request = tonumber(args[2]) or 0
  if args[2] == 'random' then
    math.randomseed(os.time())
    request = function()
      return requests[random(#requests)]
    end
  else
    request = function()
      local text = requests[next_request + 1]
      next_request = (next_request + 1) % #requests
      return text
    end
  end

  unwanted = 0
  if args[3] then
    local text = args[3]
    response = function(_, _, body)
      if body:find(text, 1, true) then
        unwanted = unwanted + 1
      end
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  local thread = threads[1]
  print(string.format(
    '{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"notOk":%d,"broken":%d,"unwanted":%d,"next":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    thread:get('unwanted'), thread:get('next_request')))
end
