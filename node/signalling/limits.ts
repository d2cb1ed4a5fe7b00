/** What one signalling server takes before it refuses. Every table and buffer in it has a bound here. */
export interface SignallingLimits {
  /** Largest message, in bytes. */
  readonly messageBytes: number;
  /** Longest topic, in UTF-16 units. */
  readonly topicLength: number;
  readonly topicsPerConnection: number;
  readonly subscribersPerTopic: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Sustained messages a second of one connection, and how many it may send at once after a pause. */
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  /** The same in bytes. */
  readonly bytesPerSecond: number;
  readonly byteBurst: number;
  /** A receiver with more than this many bytes waiting is too slow and is dropped. */
  readonly backlogBytes: number;
  /** Between two heartbeats, in ms; a socket that did not answer the last one is dead. */
  readonly heartbeatMs: number;
}

export const DEFAULT_LIMITS: SignallingLimits = {
  messageBytes: 256 * 1024,
  topicLength: 256,
  topicsPerConnection: 64,
  subscribersPerTopic: 256,
  connections: 512,
  connectionsPerAddress: 128,
  messagesPerSecond: 120,
  messageBurst: 600,
  bytesPerSecond: 1024 * 1024,
  byteBurst: 4 * 1024 * 1024,
  backlogBytes: 4 * 1024 * 1024,
  heartbeatMs: 30_000,
};
