-- Sends the requests of a file, one line each: the path with its query, percent-encoded.
-- Arguments: FILE, then `never` and a first number to make each request a new one (the number is put behind the line and
-- counts up), or `again` to send the lines as they are, over and over. The last line of output is one row of figures.
local lines, at, number = {}, 0, nil
local headers = { ["Accept"] = "application/sparql-results+json" }

function init(arguments)
  for line in io.lines(arguments[1]) do lines[#lines + 1] = line end
  if arguments[2] == "never" then
    number = tonumber(arguments[3])
    at = number % #lines
  end
end

function request()
  at = at % #lines + 1
  local path = lines[at]
  if number then
    path = path .. string.format("%d", number)
    number = number + 1
  end
  return wrk.format("GET", path, headers)
end

function done(summary, latency)
  local lost = summary.errors
  io.write(string.format("figures %d %d %d %d %d\n", summary.requests, summary.duration, lost.status,
    lost.connect + lost.read + lost.write + lost.timeout, latency:percentile(50)))
end
