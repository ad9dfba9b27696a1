-- What wrk sends: each line of the file named after `--` is one request, its fields parted by tabs:
-- method, path, If-None-Match, body. `random` takes the lines in any order, `in-turn` each once.
local requests, at, in_turn = {}, 0, false

function init(args)
  in_turn = args[2] == "in-turn"
  math.randomseed(42)
  for line in io.lines(args[1]) do
    local method, path, tag, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    -- Whoever reads here has no key.
    if method == "GET" then headers["Authorization"] = nil end
    if tag ~= "" then headers["If-None-Match"] = tag end
    requests[#requests + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

function request()
  at = in_turn and at % #requests + 1 or math.random(#requests)
  return requests[at]
end

function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format("figures %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    wrong.status + wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
