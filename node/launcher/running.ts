import { HOST_API_PREFIX, HOST_HELLO } from '../../shared/ipc/channels';
import * as shape from '../../shared/record/shape';

const isHello = shape.object({ app: shape.oneOf('peerhold'), profile: shape.text(64) });

/** What answers on a loopback port: this profile's app already, something else, or nothing. */
export async function whoAnswers(port: number, profile: string): Promise<'same' | 'other' | 'nobody'> {
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${port}${HOST_API_PREFIX}${HOST_HELLO}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(2_000),
    });
  } catch (error) {
    return isRefused(error) ? 'nobody' : 'other';
  }
  try {
    const hello: unknown = await response.json();
    return isHello(hello) && hello.profile === profile ? 'same' : 'other';
  } catch {
    return 'other';
  }
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED';
}
