-- What wrk sends, by environment: METHOD, BODY_FILE, TOKEN. Prints one line of JSON at the end.
local function env(name) local value = os.getenv(name); if value ~= "" then return value end end

local body
if env("BODY_FILE") then
  local file = io.open(env("BODY_FILE"))
  body = file:read("*a")
  file:close()
end
wrk.method = env("METHOD") or "GET"
wrk.body = body
wrk.headers["content-type"] = "application/json"
if env("TOKEN") then wrk.headers["authorization"] = "Bearer " .. env("TOKEN") end

-- `{{n}}` in the body becomes a number that no other request has, `{{k}}` one from 1 to 90, in turns.
if body and body:find("{{", 1, true) then
  local run, n = env("RUN"), 0
  request = function()
    n = n + 1
    return wrk.format(nil, nil, nil, (body:gsub("{{n}}", run .. "-" .. n):gsub("{{k}}", 1 + n % 90)))
  end
end

-- Looking at answers costs the generator time; only writes are looked at.
bad = 0
local expected = env("EXPECT")
if expected then
  response = function(status, _, answer)
    if status ~= 200 or not answer:find(expected, 1, true) then bad = bad + 1 end
  end
end

local threads = {}
function setup(thread) table.insert(threads, thread) end

function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do refused = refused + (thread:get("bad") or 0) end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests":%d,"bytes":%d,"microseconds":%d,"p50":%d,"p99":%d,"failed":%d,"refused":%d}',
    summary.requests, summary.bytes, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, refused))
end
