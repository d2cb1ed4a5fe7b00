import { expect, it } from 'vitest';
import { openCamera } from './open-camera';

const failing = (name: string) => ({ getUserMedia: () => Promise.reject(new DOMException('no', name)) });

it.each([
  ['NotFoundError', 'camera-missing'],
  ['OverconstrainedError', 'camera-missing'],
  ['NotAllowedError', 'camera-refused'],
  ['SecurityError', 'camera-refused'],
  ['NotReadableError', 'camera-busy'],
  ['SomethingNewError', 'camera-busy'],
])('%s is told as %s', async (name, code) => {
  await expect(openCamera(failing(name))).rejects.toMatchObject({ code });
});

it('a page that is given no devices has no camera', async () => {
  await expect(openCamera(undefined)).rejects.toMatchObject({ code: 'camera-missing' });
});

it('asks for a picture alone, never for sound', async () => {
  const asked: (MediaStreamConstraints | undefined)[] = [];
  const stream = {} as MediaStream;
  const devices = {
    getUserMedia: async (constraints?: MediaStreamConstraints) => {
      asked.push(constraints);
      return stream;
    },
  };
  expect(await openCamera(devices)).toBe(stream);
  expect(asked).toMatchObject([{ audio: false, video: {} }]);
});
