/**
 * What happens inside Redis. Each script of a room works on its three keys, which have one hash
 * tag, so that a cluster runs it on one server.
 *
 * The lease is a text "FENCE NUMBER NODE" that expires. The room is a hash that expires when nobody
 * holds the lease: the fields of the record have a "." before their name; "#f" is the newest fence,
 * "#n" the number of the last change and the mark that there is a record. What lasts longer is a
 * text "FENCE TEXT".
 *
 * Numbers order the commands of one node: a command whose connection broke may arrive after later
 * ones, and must then change nothing.
 */
import { abandonedMs, lastingMs } from "../../signaling/cluster/cluster_store.ts";

/**
 * The first line of each script: Redis refuses it before it starts if it may not write, for example
 * because the memory is full. So no script is carried out in part.
 */
const writes = "#!lua";

/** The fence of what lasts, or 0. */
const lastingFence = `
local lasting = redis.call('GET', KEYS[3])
local lastingFence = lasting and tonumber(lasting:match('^(%d+) ')) or 0`;

/**
 * KEYS lease, room, lasting; ARGV node, number, lease in ms. Returns { 1, fence, { field, value …
 * }, lasting }, or { 0, holder }.
 */
const take = `${writes}
local holderFence, holderNumber, holder = 0, 0, nil
local lease = redis.call('GET', KEYS[1])
if lease then
  holderFence, holderNumber, holder = lease:match('^(%d+) (%d+) (.*)$')
  if holder ~= ARGV[1] or tonumber(holderNumber) >= tonumber(ARGV[2]) then return { 0, holder } end
end
${lastingFence}
local kept = redis.call('HMGET', KEYS[2], '#f', '#n')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = math.max(tonumber(kept[1] or 0), tonumber(holderFence), lastingFence)
local fence = math.max(now, last + 1)
fence = string.format('%.0f', fence)
redis.call('SET', KEYS[1], fence .. ' ' .. ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
if kept[2] then
  redis.call('HSET', KEYS[2], '#f', fence, '#n', 0)
else
  redis.call('HSET', KEYS[2], '#f', fence)
end
redis.call('PEXPIRE', KEYS[2], ${abandonedMs})
return { 1, fence, redis.call('HGETALL', KEYS[2]), lasting and lasting:match('^%d+ (.*)$') }`;

/**
 * The head of the scripts for a lease: KEYS lease, room, lasting; ARGV node, fence, number, lease
 * in ms, the number of the last change that was answered or 0. Returns from the script if a newer
 * lease exists.
 */
const unlessLost = `${writes}${lastingFence}
local lease = redis.call('GET', KEYS[1])
local kept = redis.call('HMGET', KEYS[2], '#f', '#n')
local fence = tonumber(ARGV[2])
if math.max(tonumber(kept[1] or 0), lastingFence) > fence then return 'lost' end
if lease then
  local heldFence, _, holder = lease:match('^(%d+) (%d+) (.*)$')
  heldFence = tonumber(heldFence)
  if heldFence > fence or (heldFence == fence and holder ~= ARGV[1]) then return 'lost' end
end`;

/**
 * Prolongs the lease; the fence is kept too, because the hash may have been lost. A replica that
 * has become the master may miss the last changes: then the record is not complete.
 */
const prolong = `${unlessLost}
local isComplete = kept[2] and kept[1] == ARGV[2] and tonumber(kept[2]) >= tonumber(ARGV[5])
local function prolong()
  redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[1], 'PX', ARGV[4])
  if kept[1] ~= ARGV[2] then
    redis.call('HSET', KEYS[2], '#f', ARGV[2])
    if kept[2] then redis.call('HSET', KEYS[2], '#n', 0) end
  end
  redis.call('PEXPIRE', KEYS[2], ${abandonedMs})
  if lasting then redis.call('PEXPIRE', KEYS[3], ${lastingMs}) end
end`;

const renew = `${prolong}
prolong()
return isComplete and 'held' or 'rewrite'`;

/**
 * Further ARGV: "1" if whole; "set", "remove" or "leave" what lasts, and its text; count of fields
 * to set, fields and values, removed fields.
 */
const commit = `${prolong}
local isWhole = ARGV[6] == '1'
if not isComplete and not isWhole then
  prolong()
  return 'rewrite'
end
if kept[1] == ARGV[2] and kept[2] and tonumber(kept[2]) >= tonumber(ARGV[3]) then
  return redis.error_reply('STALE a later change has arrived before this one')
end
prolong()
if isWhole then redis.call('DEL', KEYS[2]) end
redis.call('HSET', KEYS[2], '#f', ARGV[2], '#n', ARGV[3])
if ARGV[7] == 'set' then
  redis.call('SET', KEYS[3], ARGV[2] .. ' ' .. ARGV[8], 'PX', ${lastingMs})
elseif ARGV[7] == 'remove' then
  redis.call('DEL', KEYS[3])
end
local setEnd = 9 + 2 * tonumber(ARGV[9])
for i = 10, setEnd, 2000 do
  redis.call('HSET', KEYS[2], unpack(ARGV, i, math.min(i + 1999, setEnd)))
end
for i = setEnd + 1, #ARGV, 2000 do
  redis.call('HDEL', KEYS[2], unpack(ARGV, i, math.min(i + 1999, #ARGV)))
end
redis.call('PEXPIRE', KEYS[2], ${abandonedMs})
return 'held'`;

/** Further ARGV: "1" to forget the record. The fence grows, so that the lease has ended. */
const release = `${unlessLost}
redis.call('DEL', KEYS[1])
if ARGV[6] == '1' then redis.call('DEL', KEYS[2], KEYS[3]) end
redis.call('HSET', KEYS[2], '#f', string.format('%.0f', fence + 1))
redis.call('PEXPIRE', KEYS[2], ${abandonedMs})
return 'held'`;

/**
 * KEYS rooms; ARGV room, how long its record is kept in ms. The index lists rooms by the time at
 * which they expire; it has lost those that have, and expires with the last one.
 */
const index = `${writes}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', last[2]))
return 'OK'`;

/**
 * KEYS rooms; ARGV rooms that have no record, each with the time at which the index said that it
 * expires. One that was listed again since stays.
 */
const prune = `${writes}
for i = 1, #ARGV, 2 do
  if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[i]) or 0) == tonumber(ARGV[i + 1]) then
    redis.call('ZREM', KEYS[1], ARGV[i])
  end
end
return 'OK'`;

/**
 * KEYS nodes; ARGV node, its description, how long it is listed in ms. Returns "alone" if no other
 * node is listed.
 */
const announce = `${writes}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local untilMs = string.format('%.0f', now + ARGV[3])
redis.call('HSET', KEYS[1], ARGV[1], untilMs .. ' ' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= ARGV[1] and tonumber(all[i + 1]:match('^%d+')) > now then return 'joined' end
end
return 'alone'`;

/** KEYS nodes. Returns the descriptions of the nodes that are listed, and removes the others. */
const nodes = `${writes}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all = redis.call('HGETALL', KEYS[1])
local listed = {}
for i = 1, #all, 2 do
  local untilMs, description = all[i + 1]:match('^(%d+) (.*)$')
  if tonumber(untilMs) > now then
    table.insert(listed, description)
  else
    redis.call('HDEL', KEYS[1], all[i])
  end
end
return listed`;

/** No keys. Only a server that may write answers it. */
const probe = `${writes}
return 'OK'`;

/** The sources of the scripts by name. */
export const redisScripts = {
  take,
  renew,
  commit,
  release,
  index,
  prune,
  announce,
  nodes,
  probe,
} as const;

/** The name of a script. */
export type ScriptName = keyof typeof redisScripts;
