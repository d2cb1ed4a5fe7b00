import * as shape from '../../shared/record/shape';
import type { SignallingLimits } from './limits';

/**
 * The pub/sub protocol of y-webrtc's signalling server, one JSON object a message. What a publication carries beside its
 * topic is opaque here and passed on as it is.
 */
export type SignallingMessage =
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly topics: readonly string[] }
  | { readonly type: 'publish'; readonly topic: string; readonly body: Readonly<Record<string, unknown>> }
  | { readonly type: 'ping' };

/** Reads one message; undefined for everything that is none. Never throws. */
export function parseMessage(text: string, limits: SignallingLimits): SignallingMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const body = value as Readonly<Record<string, unknown>>;
  const topic = shape.text(limits.topicLength, 1);
  switch (body.type) {
    case 'ping':
      return { type: 'ping' };
    case 'publish':
      return topic(body.topic) ? { type: 'publish', topic: body.topic, body } : undefined;
    case 'subscribe':
    case 'unsubscribe': {
      const { topics } = body;
      return shape.list(topic, limits.topicsPerConnection)(topics) ? { type: body.type, topics } : undefined;
    }
    default:
      return undefined;
  }
}
