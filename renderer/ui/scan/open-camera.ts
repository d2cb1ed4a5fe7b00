import { PeerholdError } from '../../../shared/errors';

/** What `getUserMedia` rejects with, by the name of its error. */
const CODES: Readonly<Record<string, string>> = {
  NotFoundError: 'camera-missing',
  OverconstrainedError: 'camera-missing',
  NotAllowedError: 'camera-refused',
  SecurityError: 'camera-refused',
  NotReadableError: 'camera-busy',
  AbortError: 'camera-busy',
};

/** Asks the person for the camera; no sound. Rejects with `camera-missing`, `camera-refused`, `camera-busy`. */
export async function openCamera(devices: Pick<MediaDevices, 'getUserMedia'> | undefined): Promise<MediaStream> {
  if (devices === undefined) throw new PeerholdError('camera-missing');
  try {
    return await devices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 720 } },
    });
  } catch (cause) {
    const code = (cause instanceof Error ? CODES[cause.name] : undefined) ?? 'camera-busy';
    throw new PeerholdError(code, {}, { cause });
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
