// What the server takes of a cluster; loaded only if it is told to be a node of one.
export { type ClusterCounts, ClusterHost, type ClusterParts } from "./cluster_host.ts";
export type { ClusterObserver } from "./cluster_observer.ts";
export * from "./cluster_store.ts";
export { hasMembers, recordOfKept } from "../core/room_record.ts";
