-- Every request adds a byte to one of the reseller's subusers, under an idempotency key of its own.
local names, key, counter, thread = {}, os.getenv("BENCH_KEY"), 0, 0
for name in string.gmatch(os.getenv("BENCH_SUBUSERS"), "%S+") do names[#names + 1] = name end

function setup(each)
  each:set("thread", thread)
  thread = thread + 1
end

function request()
  counter = counter + 1
  local headers = {
    ["Authorization"] = "Bearer " .. key,
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = os.getenv("BENCH_ROUND") .. "-" .. thread .. "-" .. counter,
  }
  local path = "/api/reseller/v1/subusers/" .. names[counter % #names + 1] .. "/bandwidth"
  return wrk.format("POST", path, headers, '{"action":"ADD","amountMb":0.000001}')
end
