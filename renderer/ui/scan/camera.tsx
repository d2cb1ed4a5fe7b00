import { Text } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PeerholdError } from '../../../shared/errors';
import { closeCamera, openCamera } from './open-camera';
import { Drawing } from './pixels';
import classes from './scan.module.css';

/** Milliseconds between two looks: a hand that holds a paper is not faster. */
const LOOK_EVERY = 200;

interface Props {
  readonly onCode: (text: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Looks through the camera until a code is read. The camera is on as long as this is shown. */
export function Camera({ onCode, onError }: Props) {
  const { t } = useTranslation('ui');
  const video = useRef<HTMLVideoElement>(null);
  const found = useEffectEvent(onCode);
  const failed = useEffectEvent(onError);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    look(video.current!, signal).then(
      (text) => text !== undefined && found(text),
      (error: unknown) => signal.aborted || failed(error),
    );
    return () => leaving.abort();
  }, []);
  return (
    <div>
      <video ref={video} className={classes['camera']} aria-label={t('scan.view')} muted playsInline />
      <Text size="sm" role="status" mt="xs">
        {t('scan.hold')}
      </Text>
    </div>
  );
}

/** Resolves with the first code, or with undefined once `signal` ends it; either way the camera is off by then. Rejects as `openCamera` does. */
async function look(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const { readQr } = await import('./read-qr');
  const stream = await openCamera(navigator.mediaDevices);
  const drawing = new Drawing();
  try {
    video.srcObject = stream;
    if (!signal.aborted) await video.play();
    while (!signal.aborted) {
      if (stream.getVideoTracks().every(({ readyState }) => readyState === 'ended'))
        throw new PeerholdError('camera-busy');
      if (video.videoWidth > 0) {
        const text = readQr(drawing.pixelsOf(video, video.videoWidth, video.videoHeight), 'camera');
        if (text !== undefined) return text;
      }
      await new Promise((done) => setTimeout(done, LOOK_EVERY));
    }
    return undefined;
  } finally {
    closeCamera(stream);
    video.srcObject = null;
  }
}
