/** Makes this process a node of the cluster that the settings name. */
import type { Log } from "../log.ts";
import { RoomsFile } from "../rooms_file.ts";
import { Secrets } from "../secrets.ts";
import type { LiveSettings } from "../settings/live_settings.ts";
import { keepStateKey } from "../state_dir.ts";
import { ClusterNode } from "./cluster_node.ts";
import { connectRedis } from "./redis_store.ts";

/** Connects to the Redis of `--redis`. Throws `BadSetting` if a secret cannot be read. */
export async function joinCluster(settings: LiveSettings, log: Log): Promise<ClusterNode> {
  const { config } = settings;
  const { redis: url = "", redisPrefix: prefix } = config;
  const secrets = new Secrets(config, (name) => settings.nameOf(name));
  const { key: offered, folder } = keepStateKey(config);
  const file = new RoomsFile(folder, log);
  return await ClusterNode.connect({
    connect: (node, listener) =>
      connectRedis({ url, prefix, ...secrets.redis, node, listener, log }),
    key: secrets.signingKey,
    offered,
    keptAlone: { rooms: file.rooms, setAside: () => file.setAside() },
    log,
  });
}
