import { verdicts } from '../verdicts';

/** What the page itself says of each vector, and what a worker of it says. */
export interface Verdicts {
  readonly page: boolean[];
  readonly worker: boolean[];
}
declare global {
  interface Window {
    verdicts: () => Promise<Verdicts>;
  }
}

const ofWorker = (): Promise<boolean[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<boolean[]>) => resolve(data));
    worker.addEventListener('error', reject);
  });

window.verdicts = async () => ({ page: await verdicts(), worker: await ofWorker() });
